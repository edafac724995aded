"use client";

import { useCallback } from "react";
import { useLoad } from "#components/load/use-load.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";

const SMALL_BODY_MAX = 1_048_576;

/** The body's bytes, for what is shown of them. Null until they are there, and for a large one. */
export function useSmallBody(
  api: ApiClient,
  { binId, id, bodySize }: CapturedRequest,
): Uint8Array<ArrayBuffer> | null {
  const load = useCallback(
    async (signal: AbortSignal) =>
      bodySize > SMALL_BODY_MAX ? null : new Uint8Array(await api.body(binId, id, signal)),
    [api, binId, id, bodySize],
  );
  const loaded = useLoad(load);
  return loaded.kind === "ready" ? loaded.result : null;
}
