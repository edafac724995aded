"use client";

import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, Select, TextArea } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import { SECRET_CHARACTERS_MAX } from "#lib/contract/secret-limits.ts";
import { type SecretGuide, secretGuide, secretGuides } from "#lib/providers/secret-guide.ts";
import { SaveRow } from "./save-row.tsx";
import { useSaving } from "./use-saving.ts";

/** Who sent the newest of these is whose secret is likely meant. */
const LOOKED_AT = 20;

type AddSecretProps = { bin: Bin; api: ApiClient; onAdded: () => void };

/** Takes a secret in: it is never shown again. */
export function AddSecret({ bin, api, onAdded }: AddSecretProps) {
  const [provider, setProvider] = useState("");
  const [secret, setSecret] = useState("");
  const [label, setLabel] = useState("");
  const { saving, run, touch } = useSaving();
  const guide = secretGuide(provider);
  const problem = (pointer: string) =>
    saving.fields.find((field) => field.pointer === pointer)?.detail;

  const isUnchosen = saving.state === "failed" && provider === "";

  useEffect(() => {
    const reading = new AbortController();
    api.requests(bin.id, { limit: LOOKED_AT, signal: reading.signal }).then(
      ({ items }) => {
        const seen = items.map((item) => item.provider?.id ?? "").find(secretGuide);
        if (seen) setProvider((now) => now || seen);
      },
      () => undefined, // Only a suggestion.
    );
    return () => reading.abort();
  }, [api, bin.id]);

  async function save() {
    await createSecretClient(api).add(bin.id, { provider, secret, label: label.trim() });
    setSecret("");
    setLabel("");
    onAdded();
  }

  async function make() {
    await createSecretClient(api).add(bin.id, { provider, generate: true, label: label.trim() });
    setLabel("");
    onAdded();
  }

  return (
    <form
      aria-label="Add a signing secret"
      className="grid gap-x-6 gap-y-4 lg:grid-cols-2"
      noValidate
      onChange={touch}
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <Field
        label="Provider"
        error={isUnchosen ? "Choose whose secret it is" : problem("/provider")}
      >
        <Select value={provider} onChange={(event) => setProvider(event.target.value)}>
          <option value="">Choose a provider</option>
          {secretGuides.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Label" hint="To tell several apart." error={problem("/label")}>
        <Input
          value={label}
          maxLength={100}
          placeholder="What it is for"
          onChange={(event) => setLabel(event.target.value)}
        />
      </Field>
      <Field
        label={guide ? kindsOf(guide) : "Secret"}
        hint={guide && <WhereToFind guide={guide} />}
        error={problem("/secret")}
        className="lg:col-span-2"
      >
        <TextArea
          wire
          rows={2}
          value={secret}
          maxLength={SECRET_CHARACTERS_MAX}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setSecret(event.target.value)}
        />
      </Field>
      {guide?.kinds.some(({ sensitivity }) => sensitivity === "account") && (
        <Notice tone="warn" className="lg:col-span-2">
          This one speaks for your whole account or app at {guide.name}, not for one webhook only.
          It is sealed here, but whoever runs this server could open it.
        </Notice>
      )}
      <SaveRow saving={saving} action="Add secret" className="lg:col-span-2" />
      {guide?.canHaveOwnKey && (
        <OwnKey
          name={guide.name}
          disabled={saving.state === "running"}
          onMake={() => void run(make)}
        />
      )}
    </form>
  );
}

type OwnKeyProps = { name: string; disabled: boolean; onMake: () => void };

function OwnKey({ name, disabled, onMake }: OwnKeyProps) {
  return (
    <div className="flex flex-col items-start gap-2 lg:col-span-2">
      <p className="max-w-[60ch] text-xs text-muted">
        Only {name} has the key that signs. With a key of this bin’s own, requests can be signed
        again as they are forwarded; your handler checks them with its public half, in the place of{" "}
        {name}’s.
      </p>
      <Button size="sm" disabled={disabled} onClick={onMake}>
        <KeyRound size={14} aria-hidden />
        Make a key of this bin’s own
      </Button>
    </div>
  );
}

const kindsOf = ({ kinds }: SecretGuide) => kinds.map(({ label }) => label).join(" or ");

function WhereToFind({ guide }: { guide: SecretGuide }) {
  const places = [...new Set(guide.kinds.map(({ where }) => where))];
  return <>Where to find it: {places.join("; or ")}</>;
}
