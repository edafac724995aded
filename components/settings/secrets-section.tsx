"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import type { SigningSecret } from "#lib/contract/secrets.ts";
import { messageOf } from "#lib/message-of.ts";
import { secretGuide } from "#lib/providers/secret-guide.ts";
import { AddSecret } from "./add-secret.tsx";
import { ChecksForm } from "./checks-form.tsx";

type SecretsSectionProps = { bin: Bin; api: ApiClient; onChanged: (bin: Bin) => void };

/** What signatures are checked with, and what follows from the outcome. */
export function SecretsSection({ bin, api, onChanged }: SecretsSectionProps) {
  const [secrets, setSecrets] = useState<SigningSecret[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [removing, setRemoving] = useState<SigningSecret | null>(null);

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setSecrets((await createSecretClient(api).list(bin.id, signal)).items);
        setFailure(null);
      } catch (error) {
        if (!signal?.aborted) setFailure(`The secrets can’t be read now. ${messageOf(error)}`);
      }
    },
    [api, bin.id],
  );

  useEffect(() => {
    const reading = new AbortController();
    void read(reading.signal);
    return () => reading.abort();
  }, [read]);

  const confirm = async ({ id }: SigningSecret) => {
    try {
      const confirmed = await createSecretClient(api).confirm(bin.id, id);
      setSecrets((now) => now?.map((each) => (each.id === id ? confirmed : each)) ?? null);
      setFailure(null);
    } catch (error) {
      setFailure(`The secret can’t be confirmed now. ${messageOf(error)}`);
    }
  };

  return (
    <div className="flex flex-col gap-6">
      {failure && <Notice tone="warn">{failure}</Notice>}
      {secrets?.length === 0 && (
        <p className="text-muted">
          No secret is kept here, so the signatures of requests are not checked.
        </p>
      )}
      <ul
        aria-label="Kept secrets"
        className="rounded-lg border border-line bg-surface empty:hidden"
      >
        {secrets?.map((secret) => (
          <SecretRow
            key={secret.id}
            secret={secret}
            onConfirm={() => void confirm(secret)}
            onRemove={() => setRemoving(secret)}
          />
        ))}
      </ul>
      <AddSecret bin={bin} api={api} onAdded={() => void read()} />
      <ChecksForm bin={bin} api={api} hasSecrets={secrets?.length !== 0} onChanged={onChanged} />
      {removing && (
        <ConfirmDialog
          title={`Remove the secret of ${nameOf(removing)}?`}
          description="Requests that were verified with it are checked again without it, those that are stored already too. It can’t be shown, so keep it elsewhere if you need it."
          action="Remove secret"
          onConfirm={async () => {
            await createSecretClient(api).remove(bin.id, removing.id);
            setSecrets((now) => now?.filter(({ id }) => id !== removing.id) ?? null);
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

const providerOf = ({ provider }: SigningSecret) => secretGuide(provider)?.name ?? provider;

const nameOf = (secret: SigningSecret) =>
  secret.label ? `${providerOf(secret)}, ${plainName(secret.label)}` : providerOf(secret);

function Use({ secret: { publicKey, lastUsedAt } }: { secret: SigningSecret }) {
  if (publicKey) return "this bin’s own key: signs what is forwarded with “Sign again”";
  if (!lastUsedAt) return "has verified no request yet";
  return (
    <>
      last verified a request <Time ago at={lastUsedAt} />
    </>
  );
}

/** Anybody may send a provider's check of the URL. */
function Learned({ secret, from }: { secret: SigningSecret; from: number }) {
  return (
    <p className="mt-1 text-sm text-warn">
      Came with request #{from}, nobody typed it. Confirm it if {providerOf(secret)} sent that
      request because of you; else remove it. Until then it lets nothing in that must be verified.
    </p>
  );
}

/** For the handler, in the place of the provider's. */
function PublicHalf({ text, name }: { text: string; name: string }) {
  const [first = ""] = text.split("\n", 2);
  return (
    <div className="mt-1 flex items-center gap-1">
      <code className="wire min-w-0 flex-1 truncate text-xs">{first}</code>
      <CopyButton text={text} label={`Copy the public key of ${name}`} className="-my-2" />
    </div>
  );
}

type SecretRowProps = { secret: SigningSecret; onConfirm: () => void; onRemove: () => void };

function SecretRow({ secret, onConfirm, onRemove }: SecretRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-b border-line py-2 pr-2 pl-4 last:border-none">
      <div className="min-w-48 flex-1">
        <p className="wrap-anywhere">
          <span className="font-medium">{providerOf(secret)}</span>
          {secret.label && <span className="text-muted"> · {plainName(secret.label)}</span>}
        </p>
        <p className="text-xs text-faint">
          added <Time ago at={secret.createdAt} />
          {" · "}
          <Use secret={secret} />
        </p>
        {secret.publicKey && <PublicHalf text={secret.publicKey} name={nameOf(secret)} />}
        {secret.learnedFrom !== null && <Learned secret={secret} from={secret.learnedFrom} />}
      </div>
      <div className="flex gap-2">
        {secret.learnedFrom !== null && (
          <Button
            size="sm"
            variant="primary"
            onClick={onConfirm}
            aria-label={`Confirm the secret of ${nameOf(secret)}`}
          >
            Confirm
          </Button>
        )}
        <Button size="sm" onClick={onRemove} aria-label={`Remove the secret of ${nameOf(secret)}`}>
          Remove
        </Button>
      </div>
    </li>
  );
}
