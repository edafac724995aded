"use client";

import { useCallback, useEffect, useState } from "react";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const RETRY_MS = 2_000;

export type Opening = {
  /** `turn` rises each time that this browser was let in anew. */
  state:
    | { kind: "opening" }
    | { kind: "open"; turn: number }
    | { kind: "refused"; problem: ApiError };
  /** Takes a private link or a bare key. */
  enter: (linkOrKey: string) => Promise<void>;
};

/**
 * Takes the key out of a private link (`#key=...`): hands it to the browser's session, then removes it from the address
 * bar, where it would end up in screenshots and histories. Without one the session's cookie has to do.
 */
export function usePrivateLink(binId: string, api: ApiClient): Opening {
  const [state, setState] = useState<Opening["state"]>({ kind: "opening" });

  const enter = useCallback(
    async (linkOrKey: string) => {
      await api.remember(binId, keyIn(linkOrKey));
      setState((last) => ({ kind: "open", turn: last.kind === "open" ? last.turn + 1 : 1 }));
    },
    [api, binId],
  );

  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    async function open() {
      if (!location.hash.startsWith("#key=")) {
        setState((last) => (last.kind === "open" ? last : { kind: "open", turn: 0 }));
        return;
      }
      try {
        await enter(location.hash);
        removeHash();
      } catch (problem) {
        if (!(problem instanceof ApiError)) throw problem;
        setState({ kind: "refused", problem });
        // Kept while only the way is cut: it may be the one copy that this person has.
        if (problem.status > 0 && problem.status < 500) removeHash();
        else retry = setTimeout(onHashChange, RETRY_MS);
      }
    }
    const onHashChange = () => void open();
    void open();
    addEventListener("hashchange", onHashChange);
    return () => {
      clearTimeout(retry);
      removeEventListener("hashchange", onHashChange);
    };
  }, [enter]);

  return { state, enter };
}

function removeHash() {
  history.replaceState(null, "", location.pathname + location.search);
}

function keyIn(linkOrKey: string): string {
  const text = linkOrKey.trim();
  const start = text.lastIndexOf("#key=");
  const key = start < 0 ? text : (new URLSearchParams(text.slice(start + 1)).get("key") ?? "");
  // What no header can carry would fail in the browser, before the server could say what is wrong.
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const message = "This is no private link or key. A key starts with hlk_.";
  throw new ApiError({ code: "forbidden", status: 403, message });
}
