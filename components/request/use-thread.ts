"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { RequestThread } from "#lib/contract/threads.ts";
import { type Loaded, useLoad } from "#components/load/use-load.ts";

/** What became of an answer is known a moment after the request. */
const SETTLE_MS = 1_000;
const SETTLES_MAX = 5;

/** The tries of a request's event; read again when another one comes, or when the answer to one is known. */
export function useThread(
  api: ApiClient,
  binId: string,
  summary: RequestSummary,
): Loaded<RequestThread> {
  const { id, thread, answered, provider } = summary;
  const load = useCallback(
    (signal: AbortSignal) => api.thread(binId, id, signal),
    [api, binId, id],
  );
  const loaded = useLoad(load);
  const [later, setLater] = useState<RequestThread | null>(null);
  const shown = later ?? (loaded.kind === "ready" ? loaded.result : null);
  const turn = useSettling(shown?.attempts.some(({ result }) => result === "unknown") ?? false);
  const state = [thread?.id, thread?.count, answered?.outcome, provider?.id, turn].join();
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    const controller = new AbortController();
    // What was read stays good when it can't be read again.
    load(controller.signal).then(setLater, () => undefined);
    return () => controller.abort();
  }, [load, state]);
  return later ? { kind: "ready", result: later } : loaded;
}

/** Counts up each second while something is open, and not for ever. */
function useSettling(isOpen: boolean): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!isOpen || turn >= SETTLES_MAX) return;
    const timer = setTimeout(() => setTurn(turn + 1), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isOpen, turn]);
  return turn;
}
