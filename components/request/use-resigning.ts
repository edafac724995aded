"use client";

import { useEffect, useState } from "react";
import { rememberedByBin } from "#components/relay/remembered.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import type { Resigning } from "#lib/signatures/resigning.ts";

type Signable = Pick<CapturedRequest, "binId" | "provider">;

const OFF = "off";
const ON = "on";
const lastChoice = rememberedByBin("hooklens:resign");

/** Whether a bin's requests are to be signed again, as it was chosen last. */
export const rememberedResigning = {
  isOn: (binId: string) => lastChoice.of(binId) === ON,
  set: (binId: string, isOn: boolean) => lastChoice.set(binId, isOn ? ON : OFF),
};

/** Whether a request can be signed again, and whether it is to be: a choice that the browser keeps for the bin. */
export function useResigning(api: ApiClient, { binId, provider }: Signable) {
  const [how, setHow] = useState<Resigning | null>(null);
  const [isOn, setOn] = useState(() => rememberedResigning.isOn(binId));
  const id = provider?.id;
  useEffect(() => {
    const controller = new AbortController();
    setHow(null);
    if (id !== undefined) {
      readHow(api, binId, id, controller.signal).then(
        (found) => !controller.signal.aborted && setHow(found),
        // Without it the request is forwarded as it came.
        () => undefined,
      );
    }
    return () => controller.abort();
  }, [api, binId, id]);

  return {
    /** Null when its provider signs nothing, or the bin has no secret of it. */
    how,
    isOn,
    set(next: boolean) {
      setOn(next);
      rememberedResigning.set(binId, next);
    },
  };
}

async function readHow(
  api: ApiClient,
  binId: string,
  provider: string,
  signal: AbortSignal,
): Promise<Resigning | null> {
  const { items } = await createSecretClient(api).list(binId, signal);
  const own = items.filter((secret) => secret.provider === provider);
  if (own.length === 0) return null;
  // All providers' ways to sign: only for who has a secret.
  const { resigningOf } = await import("#lib/signatures/resigning.ts");
  return resigningOf(
    provider,
    own.some(({ publicKey }) => publicKey !== null),
  );
}
