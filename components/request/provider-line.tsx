"use client";

import { type ReactNode, use, useState } from "react";
import { FilterValue } from "#components/filter/filter-value.tsx";
import { reasonWords } from "#components/signature/reason-words.ts";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { SharedContext } from "#components/shares/shared-context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RecognisedProvider, RequestSummary } from "#lib/contract/requests.ts";
import { EventFacts } from "./event-facts.tsx";
import { DeliveryBadge, SignatureBadge } from "./provider-badges.tsx";
import { ProviderFold } from "./provider-fold.tsx";
import { WireText } from "./wire-text.tsx";

const SenderDialog = later(() =>
  import("./sender-dialog.tsx").then((module) => module.SenderDialog),
);

type ProviderLineProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  onSignature: () => void;
  onDeliveries: () => void;
};

/** Who sent it and what it is about, and a way to say that it was somebody else. */
export function ProviderLine(props: ProviderLineProps) {
  const { api, binId, summary } = props;
  const isShared = use(SharedContext);
  const [isAsking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  return (
    <>
      {summary.provider ? (
        <Card {...props} provider={summary.provider} onAsk={ask} />
      ) : (
        <p className="flex items-center gap-1.5 text-xs text-muted">
          {summary.providerChosen ? "Sent by nobody known." : "The sender is not recognised."}
          {!isShared && (
            <Button
              variant="accent"
              size="sm"
              className="-my-1 pointer-coarse:-my-3"
              aria-haspopup="dialog"
              onClick={ask}
            >
              Who was it?
            </Button>
          )}
        </p>
      )}
      {isAsking && (
        <SenderDialog api={api} binId={binId} summary={summary} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

type CardProps = Omit<ProviderLineProps, "api" | "binId"> & {
  provider: RecognisedProvider;
  onAsk: () => void;
};

function Card({ summary, provider, onAsk, onSignature, onDeliveries }: CardProps) {
  const isWide = useMedia(WIDE);
  const delivery = <DeliveryBadge summary={summary} onDeliveries={onDeliveries} />;
  const signature = <SignatureBadge summary={summary} onSignature={onSignature} />;
  const facts = <EventFacts provider={provider} receivedAt={summary.receivedAt} />;
  const correct = !use(SharedContext) && (
    <Button
      variant="quiet"
      size="sm"
      className="-my-1 -mr-2"
      aria-haspopup="dialog"
      onClick={onAsk}
    >
      {summary.providerChosen ? "Chosen by hand" : "Not them?"}
    </Button>
  );
  return (
    <div className="flex flex-col rounded-md border border-line bg-sunken md:gap-1 md:px-3 md:py-1.5">
      {isWide ? (
        <>
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <ProviderMark provider={provider} />
            <FilterValue field="provider" value={provider.id} className="font-medium">
              {provider.name}
            </FilterValue>
            <About provider={provider} />
            {delivery}
            <span className="ml-auto flex items-center gap-1">
              {signature}
              {correct}
            </span>
          </div>
          {facts}
        </>
      ) : (
        <ProviderFold
          provider={provider}
          badges={
            <>
              {delivery}
              {signature}
            </>
          }
        >
          <div className="flex items-center gap-2.5">
            <About provider={provider} />
            <span className="ml-auto flex">{correct}</span>
          </div>
          {facts}
        </ProviderFold>
      )}
      <Failure summary={summary} />
    </div>
  );
}

function About({ provider: { event, mode } }: { provider: RecognisedProvider }): ReactNode {
  return (
    <>
      {event !== null && (
        <FilterValue field="event" value={event} className="wrap-anywhere">
          <WireText text={event} />
        </FilterValue>
      )}
      {mode && <Badge>{mode}</Badge>}
    </>
  );
}

function Failure({ summary: { signature } }: Pick<CardProps, "summary">) {
  if (signature.reason === null || signature.status === "verified") return null;
  const isFailure = signature.status === "failed";
  return (
    <p
      className={`text-xs first-letter:uppercase max-md:px-3 max-md:pb-2 ${isFailure ? "text-bad" : "text-faint"}`}
    >
      {reasonWords(signature.reason)}.
    </p>
  );
}
