"use client";

import { useCallback, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";

type Requests = readonly RequestSummary[];

/** What is open for one request or several. `clear`: how many of the bin's requests are pinned. */
export type KeepPopup =
  | { kind: "labels" | "export" | "forward"; requests: Requests }
  | { kind: "clear"; pinned: number };

/**
 * Pinning, and what is open to label, export or forward. `chosen`: the marked ones, or the open one. The page hears of
 * changes as all others do.
 */
export function useKeep(binId: string, api: ApiClient, chosen: () => Requests) {
  const [popup, setPopup] = useState<KeepPopup | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const close = useCallback(() => setPopup(null), []);

  async function pinAll(requests: Requests): Promise<void> {
    const pinned = !requests.every((request) => request.pinned);
    const other = requests.filter((request) => (request.pinned ?? false) !== pinned);
    const ids = other.map(({ id }) => id);
    const fail = (why: string) => setFailure(`Not ${pinned ? "pinned" : "unpinned"}. ${why}`);
    setFailure(null);
    try {
      const { changeMarked, refusalWords } = await import("./change-marked.ts");
      const why = refusalWords(await changeMarked(api, binId, ids, { pinned }));
      if (why) fail(why);
    } catch (error) {
      fail(messageOf(error));
    }
  }

  function openFor(kind: "labels" | "export" | "forward"): void {
    const requests = chosen();
    if (requests.length > 0) setPopup({ kind, requests });
  }

  return {
    popup,
    setPopup,
    close,
    failure,
    pin: () => void pinAll(chosen()),
    label: () => openFor("labels"),
    exportThem: () => openFor("export"),
    forward: () => openFor("forward"),
  };
}
