"use client";

import { useEffect, useState } from "react";
import { createPacer } from "./pacer.ts";
import type { Work } from "#lib/body/slices.ts";

/**
 * The result of work that may be long, done in slices so that the page stays responsive. Null until it is there.
 * `work` must keep its identity (useCallback) while its inputs are the same.
 */
export function usePrepared<Result>(work: (slices: Work) => Promise<Result | null>): Result | null {
  const [prepared, setPrepared] = useState<{ by: typeof work; result: Result } | null>(null);
  useEffect(() => {
    let isStopped = false;
    void work({ pause: createPacer(), stopped: () => isStopped }).then((result) => {
      if (!isStopped && result !== null) setPrepared({ by: work, result });
    });
    return () => {
      isStopped = true;
    };
  }, [work]);
  return prepared?.by === work ? prepared.result : null;
}
