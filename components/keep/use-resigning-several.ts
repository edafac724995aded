"use client";

import { useEffect, useState } from "react";
import { rememberedResigning } from "#components/request/use-resigning.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import type { Resigning } from "#lib/signatures/resigning.ts";

type Signable = Pick<RequestSummary, "provider">;

const NOBODY: ReadonlyMap<string, Resigning> = new Map();

/** Which of several requests can be signed again, and whether they are to be. */
export function useResigningSeveral(api: ApiClient, binId: string, requests: readonly Signable[]) {
  const [byProvider, setByProvider] = useState(NOBODY);
  const [isOn, setOn] = useState(() => rememberedResigning.isOn(binId));
  useEffect(() => {
    const controller = new AbortController();
    readProviders(api, binId, controller.signal).then(
      setByProvider,
      // Without it they are forwarded as they came.
      () => undefined,
    );
    return () => controller.abort();
  }, [api, binId]);

  /** A listener's URL is known to the listener alone. */
  const canSign = ({ provider }: Signable, isViaListener: boolean): boolean => {
    const how = byProvider.get(provider?.id ?? "");
    return how !== undefined && !(isViaListener && how.isForUrl);
  };

  return {
    isOn,
    set(next: boolean) {
      setOn(next);
      rememberedResigning.set(binId, next);
    },
    canSign,
    count: (isViaListener: boolean) =>
      requests.filter((request) => canSign(request, isViaListener)).length,
  };
}

/** Those of whom the bin has what signs, by id. */
async function readProviders(
  api: ApiClient,
  binId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Resigning>> {
  const { items } = await createSecretClient(api).list(binId, signal);
  if (items.length === 0) return NOBODY;
  const { resigningOf } = await import("#lib/signatures/resigning.ts");
  const found = new Map<string, Resigning>();
  for (const [provider, own] of Map.groupBy(items, (secret) => secret.provider)) {
    const hasOwnKey = own.some(({ publicKey }) => publicKey !== null);
    const how = resigningOf(provider, hasOwnKey);
    if (how) found.set(provider, how);
  }
  return found;
}
