"use client";

import { useState } from "react";
import { reasonWords } from "#components/signature/signature-words.ts";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { ordinal } from "#components/ui/ordinal.ts";
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
  onDeliveries: () => void;
};

/** Who sent it and what it is about, and a way to say that it was somebody else. */
export function ProviderLine(props: ProviderLineProps) {
  const { api, binId, summary, onSignature, onDeliveries } = props;
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
        <DeliveryBadge summary={summary} onDeliveries={onDeliveries} />
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

/** Which try it is by the sender's own number, else which delivery of how many; nothing for the only one. */
function DeliveryBadge({
  summary: { provider, thread },
  onDeliveries,
}: Pick<ProviderLineProps, "summary" | "onDeliveries">) {
  const isSeveral = thread?.by === "event" && thread.count > 1;
  const attempt = provider?.attempt ?? 1;
  if (!isSeveral && attempt <= 1) return null;
  const words = isSeveral
    ? `${ordinal(thread.place)} of ${thread.count} deliveries`
    : `${ordinal(attempt)} try`;
  return (
    <button
      type="button"
      onClick={onDeliveries}
      className="touch-around cursor-pointer rounded-sm hover:underline"
    >
      <Badge tone={attempt > 1 || (thread?.place ?? 1) > 1 ? "warn" : "neutral"}>{words}</Badge>
    </button>
  );
}
