"use client";

import { useCallback, useEffect, useState } from "react";
import { messageOf } from "#lib/message-of.ts";

export type Loaded<Result> =
  | { kind: "loading" }
  | { kind: "failed"; message: string; retry: () => void }
  | { kind: "ready"; result: Result };

/** Loads when shown, and again on retry. `load` must keep its identity (useCallback) while it means the same. */
export function useLoad<Result>(load: (signal: AbortSignal) => Promise<Result>): Loaded<Result> {
  const [state, setState] = useState<{ by: typeof load; outcome: Loaded<Result> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((now) => now + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    const settle = (outcome: Loaded<Result>) => {
      if (!controller.signal.aborted) setState({ by: load, outcome });
    };
    setState(null);
    load(controller.signal).then(
      (result) => settle({ kind: "ready", result }),
      (error: unknown) => settle({ kind: "failed", message: messageOf(error), retry }),
    );
    return () => controller.abort();
  }, [load, attempt, retry]);
  return state?.by === load ? state.outcome : { kind: "loading" };
}
