"use client";

import { useEffect, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestShape } from "#lib/contract/shapes.ts";
import { createShapesClient } from "#lib/contract/shapes-client.ts";

const AGAIN_MS = 500;
const TRIES_MAX = 10;

/** A request against those before it; asked again while those are still looked at. Null until it is known. */
export function useRequestShape(api: ApiClient, binId: string, id: string): RequestShape | null {
  const [shape, setShape] = useState<RequestShape | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    function take(read: RequestShape): void {
      setShape(read);
      if (!read.isPending || turn >= TRIES_MAX) return;
      again = setTimeout(() => setTurn(turn + 1), AGAIN_MS);
    }
    const { ofRequest } = createShapesClient(api, binId);
    // The body is there without it.
    ofRequest(id, controller.signal).then(take, () => undefined);
    return () => {
      controller.abort();
      clearTimeout(again);
    };
  }, [api, binId, id, turn]);
  return shape;
}
