"use client";

import { useCallback } from "react";
import { useLoad } from "#components/load/use-load.ts";
import { formatExact } from "#components/ui/format.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SignatureExplanation } from "#lib/contract/explanations.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";

/** How a secret is called: by its label, or by when it was added. The secret itself is not known here. */
export function useSecretNames(
  api: ApiClient,
  binId: string,
  items: readonly SignatureExplanation[],
): (secretId: string | null) => string {
  const isWanted = items.some(({ secretId }) => secretId !== null && secretId !== "here");
  const load = useCallback(
    async (signal: AbortSignal) =>
      isWanted ? (await createSecretClient(api).list(binId, signal)).items : [],
    [api, binId, isWanted],
  );
  const loaded = useLoad(load);
  const secrets = loaded.kind === "ready" ? loaded.result : [];
  return (secretId) => {
    if (secretId === null) return "no secret yet";
    if (secretId === "here") return "the secret that was just pasted";
    const secret = secrets.find(({ id }) => id === secretId);
    if (!secret) return "a kept secret";
    if (secret.learnedFrom !== null) {
      return `the secret that came with request #${secret.learnedFrom}, not confirmed by anybody`;
    }
    if (secret.label) return `the secret “${secret.label}”`;
    return `the secret added ${formatExact(secret.createdAt).slice(0, 16)}`;
  };
}
