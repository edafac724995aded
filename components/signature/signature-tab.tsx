"use client";

import { useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SignatureExplanations } from "#lib/contract/explanations.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import { AddSecret } from "./add-secret.tsx";
import { checkHere } from "./check-here.ts";
import { Explained } from "./explained.tsx";
import { useSecretFacts } from "./secret-facts.ts";
import { useSignature } from "./use-signature.ts";

type SignatureTabProps = {
  api: ApiClient;
  summary: RequestSummary;
  request: CapturedRequest;
};

/** Who signed it, over what, and why a check fails. */
export function SignatureTab({ api, summary, request }: SignatureTabProps) {
  const { binId } = request;
  const { loaded, reload } = useSignature(api, binId, summary);
  const [here, setHere] = useState<SignatureExplanations | null>(null);
  const { provider } = summary;
  const facts = useSecretFacts(provider?.id ?? null);

  const addSecret = provider && facts && (
    <AddSecret
      providerName={provider.name}
      facts={facts}
      onCheckHere={async (secret) => {
        const body = new Uint8Array(await api.body(binId, request.id));
        setHere(await checkHere({ request, body, provider: provider.id, secret }));
      }}
      onKeep={async (secret) => {
        await createSecretClient(api).add(binId, { provider: provider.id, secret });
        setHere(null);
        reload();
      }}
    />
  );
  return (
    <div className="h-full overflow-y-auto">
      <div className="flex max-w-4xl flex-col gap-5 px-4 py-3">
        {here && <HereNotice onEnd={() => setHere(null)} />}
        <LoadState loaded={here ? { kind: "ready", result: here } : loaded} what="the signature">
          {(result) =>
            result.items.length > 0 ? (
              <Explained api={api} request={request} result={result} addSecret={addSecret} />
            ) : (
              <NothingSigned name={provider?.name ?? null} signs={facts} />
            )
          }
        </LoadState>
      </div>
    </div>
  );
}

function HereNotice({ onEnd }: { onEnd: () => void }) {
  return (
    <Notice
      actions={
        <Button size="sm" onClick={onEnd}>
          Forget it
        </Button>
      }
    >
      Checked in this browser only. The secret was neither sent nor kept; it is gone with this view.
    </Notice>
  );
}

type NothingSignedProps = { name: string | null; signs: readonly unknown[] | null | undefined };

function NothingSigned({ name, signs }: NothingSignedProps) {
  if (name === null) {
    return (
      <p className="text-muted">
        Who sent it is not known, so neither is how it was signed. Say who it was, above.
      </p>
    );
  }
  if (signs === undefined) return null;
  return (
    <p className="text-muted">
      {signs === null
        ? `${name} does not sign its requests, or in no way that is known here.`
        : "Nothing in it looks like a signature."}
    </p>
  );
}
