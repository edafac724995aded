"use client";

import { useCallback, useEffect, useState } from "react";
import type { Bin } from "#lib/contract/bins.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const RETRY_MS = 2_000;

/** Reads the bin; tries again by itself while the server is away. */
export function useBinOnce(binId: string, api: ApiClient) {
  const [bin, setBin] = useState<Bin | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((last) => last + 1), []);

  // Each turn reads again
  useEffect(() => {
    const reading = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    api.bin(binId, reading.signal).then(
      (read) => {
        setBin(read);
        setProblem(null);
      },
      (error: unknown) => {
        if (reading.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        setProblem(error);
        if (error.status === 0 || error.status >= 500) retry = setTimeout(reload, RETRY_MS);
      },
    );
    return () => {
      reading.abort();
      clearTimeout(retry);
    };
  }, [api, binId, turn, reload]);

  return { bin, problem, setBin, reload };
}
