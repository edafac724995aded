"use client";

import { useState } from "react";
import { reasonWords } from "#components/signature/signature-words.ts";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { EventFacts } from "./event-facts.tsx";
import { WireText } from "./wire-text.tsx";

const SenderDialog = later(() =>
  import("./sender-dialog.tsx").then((module) => module.SenderDialog),
);

const signatures: Record<RequestSummary["signature"]["status"], { tone: Tone; words: string }> = {
  verified: { tone: "good", words: "✓ signature verified" },
  failed: { tone: "bad", words: "✕ signature failed" },
  unchecked: { tone: "neutral", words: "signature not checked" },
};

type ProviderLineProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  onSignature: () => void;
};

/** Who sent it and what it is about, and a way to say that it was somebody else. */
export function ProviderLine({ api, binId, summary, onSignature }: ProviderLineProps) {
  const [isAsking, setAsking] = useState(false);
  const { provider, signature, providerChosen } = summary;
  const { tone, words } = signatures[signature.status];
  const dialog = isAsking && (
    <SenderDialog api={api} binId={binId} summary={summary} onClose={() => setAsking(false)} />
  );
  if (!provider) {
    return (
      <p className="flex items-center gap-1.5 text-xs text-muted">
        {providerChosen ? "Sent by nobody known." : "The sender is not recognised."}
        <Button
          variant="accent"
          size="sm"
          className="-my-1"
          aria-haspopup="dialog"
          onClick={() => setAsking(true)}
        >
          Who was it?
        </Button>
        {dialog}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-1.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <ProviderMark provider={provider} />
        <span className="font-medium">{provider.name}</span>
        {provider.event !== null && <WireText text={provider.event} className="wrap-anywhere" />}
        {provider.mode && <Badge>{provider.mode}</Badge>}
        {provider.attempt !== null && provider.attempt > 1 && (
          <Badge tone="warn">attempt {provider.attempt}</Badge>
        )}
        <span className="ml-auto flex items-center gap-1">
          {signature.scheme !== null && (
            <button
              type="button"
              onClick={onSignature}
              className="touch-around cursor-pointer rounded-sm hover:underline"
            >
              <Badge tone={tone}>{words}</Badge>
            </button>
          )}
          <Button
            variant="quiet"
            size="sm"
            className="-my-1 -mr-2"
            aria-haspopup="dialog"
            onClick={() => setAsking(true)}
          >
            {providerChosen ? "Chosen by hand" : "Not them?"}
          </Button>
        </span>
      </div>
      <EventFacts provider={provider} receivedAt={summary.receivedAt} />
      {signature.reason !== null && signature.status === "failed" && (
        <p className="text-xs text-bad first-letter:uppercase">{reasonWords(signature.reason)}.</p>
      )}
      {dialog}
    </div>
  );
}
