"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { copyText } from "#components/ui/copy-text.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { copyAs } from "#lib/copy-as/copy-as.ts";
import type { CopyKind } from "#lib/copy-as/kinds.ts";
import type { CopyAs } from "#lib/copy-as/source.ts";
import { messageOf } from "#lib/message-of.ts";

export type CopyResult =
  | { kind: CopyKind; phase: "failed"; message: string }
  | {
      kind: CopyKind;
      /** Refused by the browser: it wants a click right before. */
      phase: "copied" | "refused";
      copy: CopyAs;
      body: Uint8Array<ArrayBuffer>;
    };

type Parts = {
  copyAs: typeof copyAs;
  body: Uint8Array<ArrayBuffer>;
};

/**
 * Copies a request in one of the forms. `prepare` loads the body and the code for it beforehand, so that the clipboard
 * is still open to the click when they are there.
 */
export function useCopyAs(api: ApiClient, request: CapturedRequest | null) {
  const [result, setResult] = useState<CopyResult | null>(null);
  const loading = useRef<Promise<Parts> | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const prepare = useCallback((): Promise<Parts> | null => {
    if (!request) return null;
    controller.current ??= new AbortController();
    loading.current ??= load(api, request, controller.current.signal);
    // Tried again at the next call.
    loading.current.catch(() => {
      loading.current = null;
    });
    return loading.current;
  }, [api, request]);

  const copy = useCallback(
    async (kind: CopyKind) => {
      const parts = prepare();
      if (!request || !parts) return;
      setResult(null);
      try {
        const { copyAs: make, body } = await parts;
        const made = make(kind, request, body);
        const phase = (await copyText(made.text)) ? "copied" : "refused";
        setResult({ kind, phase, copy: made, body });
      } catch (error) {
        setResult({ kind, phase: "failed", message: messageOf(error) });
      }
    },
    [prepare, request],
  );

  return { result, prepare, copy, dismiss: useCallback(() => setResult(null), []) };
}

async function load(api: ApiClient, request: CapturedRequest, signal: AbortSignal): Promise<Parts> {
  const { binId, id, bodySize } = request;
  const [code, body] = await Promise.all([
    import("#lib/copy-as/copy-as.ts"),
    bodySize === 0 ? new ArrayBuffer() : api.body(binId, id, signal),
  ]);
  return { copyAs: code.copyAs, body: new Uint8Array(body) };
}
