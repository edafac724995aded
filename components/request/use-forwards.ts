"use client";

import { useCallback, useEffect, useState } from "react";
import type { WatchForwards } from "#components/inspector/bin-state.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type Loaded, useLoad } from "#components/load/use-load.ts";

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
  watch: WatchForwards | null,
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
    if (!watch) return;
    const controller = new AbortController();
    const catchUp = async () => {
      const page = await load(controller.signal);
      for (const forward of page.items.toReversed()) add(forward);
    };
    const stop = watch((forward) => {
      if (forward?.requestId === id) add(forward);
      // When it can't be read now, the next one tries again.
      if (!forward) catchUp().catch(() => undefined);
    });
    return () => {
      stop();
      controller.abort();
    };
  }, [watch, id, load, add]);

  if (loaded.kind !== "ready") return { loaded, add, loadOlder: null };
  const items = merge(added, [...loaded.result.items, ...(older?.items ?? [])]);
  const cursor = older ? older.next : loaded.result.next;
  const loadOlder = async () => {
    const page = await api.forwards(binId, id, { cursor });
    setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next });
  };
  return { loaded: { kind: "ready", result: items }, add, loadOlder: cursor ? loadOlder : null };
}

function upsert(forwards: Forward[], forward: Forward): Forward[] {
  const place = forwards.findIndex(({ id }) => id === forward.id);
  const known = forwards[place];
  if (!known) return [forward, ...forwards];
  return later(known, forward) === forward ? forwards.with(place, forward) : forwards;
}

/** What is told may overtake what is read: more attempts came later, and an end later than its beginning. */
function later(known: Forward, told: Forward): Forward {
  const more = told.attempts.length - known.attempts.length;
  return more > 0 || (more === 0 && told.state !== "pending") ? told : known;
}

function merge(added: Forward[], listed: Forward[]): Forward[] {
  const since = new Map(added.map((forward) => [forward.id, forward]));
  const listedIds = new Set(listed.map(({ id }) => id));
  const fresh = added.filter(({ id }) => !listedIds.has(id));
  return [...fresh, ...listed.map((forward) => later(forward, since.get(forward.id) ?? forward))];
}
