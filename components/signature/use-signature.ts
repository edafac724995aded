"use client";

import { useCallback, useState } from "react";
import { type Loaded, useLoad } from "#components/load/use-load.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SignatureExplanations } from "#lib/contract/explanations.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** What the server makes of a request's signature; asked anew when its verdict changes, or when told to. */
export function useSignature(
  api: ApiClient,
  binId: string,
  { id, signature, provider }: RequestSummary,
): { loaded: Loaded<SignatureExplanations>; reload: () => void } {
  const [round, setRound] = useState(0);
  /** What is explained: another verdict is another explanation. */
  const verdict = `${signature.status} ${signature.reason} ${signature.scheme} ${provider?.id} ${round}`;
  const load = useCallback(
    async (signal: AbortSignal) => ({ of: verdict, ...(await api.signature(binId, id, signal)) }),
    [api, binId, id, verdict],
  );
  return { loaded: useLoad(load), reload: () => setRound((now) => now + 1) };
}
