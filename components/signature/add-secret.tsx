"use client";

import { type ChangeEvent, type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, TextArea } from "#components/ui/field.tsx";
import { messageOf } from "#lib/message-of.ts";
import { canCheckHere } from "./check-here.ts";
import type { SecretFacts } from "./secret-facts.ts";

type AddSecretProps = {
  providerName: string;
  facts: readonly SecretFacts[];
  onCheckHere: (secret: string) => Promise<void>;
  onKeep: (secret: string) => Promise<void>;
};

/** A field for a secret, and what is to become of it: used in this page alone, or kept by the server. */
export function AddSecret({ providerName, facts, onCheckHere, onKeep }: AddSecretProps) {
  const [secret, setSecret] = useState("");
  const [isShown, setShown] = useState(false);
  const [busy, setBusy] = useState<"here" | "keep" | null>(null);
  const [error, setError] = useState<string | null>(null);
  const canHere = canCheckHere();
  const isOfAccount = facts.some(({ sensitivity }) => sensitivity === "account");
  const isHereFirst = isOfAccount && canHere;
  // A certificate or a set of keys has lines, which a field of one line would take out. None of them is secret.
  const isOfLines = facts.every(({ isPublicKey }) => isPublicKey);
  const field = {
    wire: true,
    "aria-label": `${providerName} secret`,
    value: secret,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setSecret(event.target.value),
    autoComplete: "off",
    autoCapitalize: "off",
    spellCheck: false,
    "data-1p-ignore": true,
  };

  async function run(how: "here" | "keep") {
    if (secret === "") return setError(`Paste the ${facts[0]?.label ?? "secret"} first.`);
    setBusy(how);
    setError(null);
    try {
      await (how === "here" ? onCheckHere(secret) : onKeep(secret));
      if (how === "keep") setSecret("");
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(null);
    }
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    void run(isHereFirst ? "here" : "keep");
  }

  const here = (
    <Button
      key="here"
      type={isHereFirst ? "submit" : "button"}
      variant={isHereFirst ? "primary" : "secondary"}
      disabled={busy !== null || !canHere}
      onClick={isHereFirst ? undefined : () => void run("here")}
    >
      {busy === "here" ? "Checking …" : "Check here only"}
    </Button>
  );
  const keep = (
    <Button
      key="keep"
      type={isHereFirst ? "button" : "submit"}
      variant={isHereFirst ? "secondary" : "primary"}
      disabled={busy !== null}
      onClick={isHereFirst ? () => void run("keep") : undefined}
    >
      {busy === "keep" ? "Keeping …" : "Keep on the server"}
    </Button>
  );
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-2 rounded-md border border-line p-3">
      <Field
        label={`${providerName}: ${facts.map(({ label }) => label).join(" or ")}`}
        hint={[...new Set(facts.map(({ where }) => where))].join("; or ")}
        error={error}
      >
        <div className="flex gap-2">
          {isOfLines ? (
            <TextArea {...field} rows={4} />
          ) : (
            <>
              <Input {...field} type={isShown ? "text" : "password"} />
              <Button aria-pressed={isShown} onClick={() => setShown(!isShown)}>
                {isShown ? "Hide" : "Show"}
              </Button>
            </>
          )}
        </div>
      </Field>
      <div className="flex flex-wrap gap-2">{isHereFirst ? [here, keep] : [keep, here]}</div>
      <p className="text-xs text-muted">{trustWords(isOfAccount, canHere)}</p>
    </form>
  );
}

function trustWords(isOfAccount: boolean, canHere: boolean): string {
  const account = isOfAccount
    ? "This secret speaks for the whole account or app, so better don't hand it over. "
    : "";
  if (!canHere) {
    return `${account}This page came over plain http, where browsers offer no cryptography: to check without handing the secret over, open it over https or from localhost.`;
  }
  return `${account}Checked here only: the secret stays in this page, nothing of it is sent or kept. Kept on the server: sealed, never shown again, and every request is checked, those that are here already too.`;
}
