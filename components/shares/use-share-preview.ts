"use client";

import { useEffect, useState } from "react";
import type { shareCalls } from "#lib/contract/share-client.ts";
import type { Redaction, SharePreview } from "#lib/contract/shares.ts";

/** While a person is still choosing. */
const PAUSE_MS = 250;

/** What the rules would hide in the newest requests, as they are chosen; null until it was read. */
export function useSharePreview(
  shares: ReturnType<typeof shareCalls>,
  binId: string,
  requestId: string | null,
  hide: Redaction,
): SharePreview | null {
  const [preview, setPreview] = useState<SharePreview | null>(null);
  useEffect(() => {
    const reading = new AbortController();
    const timer = setTimeout(() => {
      shares.preview(binId, { requestId, hide }, reading.signal).then(
        setPreview,
        // The link can be made without.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      reading.abort();
    };
  }, [shares, binId, requestId, hide]);
  return preview;
}
