"use client";

import { useCallback, useEffect, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type Loaded, useLoad } from "./use-load.ts";

type Forwards = {
  /** Newest first. */
  loaded: Loaded<Forward[]>;
  add: (forward: Forward) => void;
  /** Null when there are no older ones. */
  loadOlder: (() => Promise<void>) | null;
};

/** The forwards of a request: those of the server's list, and those that came since, once each. */
export function useForwards(
  api: ApiClient,
  { binId, id }: Pick<CapturedRequest, "binId" | "id">,
  event: Forward | null,
): Forwards {
  const [added, setAdded] = useState<Forward[]>([]);
  const [older, setOlder] = useState<{ items: Forward[]; next: string | null } | null>(null);
  const load = useCallback(
    (signal: AbortSignal) => api.forwards(binId, id, { signal }),
    [api, binId, id],
  );
  const loaded = useLoad(load);
  const add = useCallback((forward: Forward) => setAdded((now) => upsert(now, forward)), []);
  useEffect(() => {
    if (event?.requestId === id) add(event);
  }, [event, id, add]);

  if (loaded.kind !== "ready") return { loaded, add, loadOlder: null };
  const items = merge(added, [...loaded.result.items, ...(older?.items ?? [])]);
  const cursor = older ? older.next : loaded.result.next;
  const loadOlder = async () => {
    const page = await api.forwards(binId, id, { cursor });
    setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next });
  };
  return { loaded: { kind: "ready", result: items }, add, loadOlder: cursor ? loadOlder : null };
}

/** An event that says "pending" may come after the answer that says how it ended. */
function upsert(forwards: Forward[], forward: Forward): Forward[] {
  const place = forwards.findIndex(({ id }) => id === forward.id);
  if (place === -1) return [forward, ...forwards];
  return forward.state === "pending" ? forwards : forwards.with(place, forward);
}

/** What came since is newer than what the list said of the same forward. */
function merge(added: Forward[], listed: Forward[]): Forward[] {
  const known = new Map(added.map((forward) => [forward.id, forward]));
  const listedIds = new Set(listed.map(({ id }) => id));
  const fresh = added.filter(({ id }) => !listedIds.has(id));
  return [...fresh, ...listed.map((forward) => known.get(forward.id) ?? forward)];
}
