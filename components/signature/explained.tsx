"use client";

import { type ReactNode, useId, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { Select } from "#components/ui/field.tsx";
import { formatExact } from "#components/ui/format.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SignatureExplanation, SignatureExplanations } from "#lib/contract/explanations.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { Answers } from "./answers.tsx";
import { Compared } from "./compared.tsx";
import { Findings } from "./findings.tsx";
import { HandlerCard } from "./handler-card.tsx";
import { bestItem } from "./pick-item.ts";
import { partName } from "./signature-words.ts";
import { SignedBytes } from "./signed-bytes.tsx";
import { useSecretNames } from "./use-secret-names.ts";
import { useSmallBody } from "./use-small-body.ts";

type ExplainedProps = {
  api: ApiClient;
  request: CapturedRequest;
  result: SignatureExplanations;
  addSecret: ReactNode;
};

/** The answers first, what to do next, and then the bytes that prove it. */
export function Explained({ api, request, result, addSecret }: ExplainedProps) {
  const [picked, setPicked] = useState<number | null>(null);
  const best = bestItem(result.items);
  const item = (picked === null ? best : result.items[picked]) ?? best;
  const body = useSmallBody(api, request);
  const nameOf = useSecretNames(api, request.binId, result.items);
  if (!item) return null;
  const { claims, verdict, provider, scheme, secretId } = item;
  const hasSecret = secretId !== null;
  return (
    <>
      <div className="flex flex-col gap-2">
        <Way
          items={result.items}
          item={item}
          nameOf={nameOf}
          onPick={(next) => setPicked(result.items.indexOf(next))}
        />
        <Answers item={item} />
        {result.diagnosis && <Findings diagnosis={result.diagnosis} />}
      </div>
      {!hasSecret && addSecret}
      {claims.map((claim, at) => (
        <Claim
          key={at}
          claim={claim}
          body={body}
          isChecked={hasSecret}
          isProven={verdict.status === "verified"}
        />
      ))}
      <Made item={item} />
      <HandlerCard provider={provider} scheme={scheme} />
      {hasSecret && addSecret && (
        <Disclosure
          summary={
            verdict.status === "verified" ? "Check with another secret" : "Try another secret"
          }
        >
          <div className="mt-1">{addSecret}</div>
        </Disclosure>
      )}
    </>
  );
}

type WayProps = {
  items: readonly SignatureExplanation[];
  item: SignatureExplanation;
  nameOf: (secretId: string | null) => string;
  onPick: (item: SignatureExplanation) => void;
};

/** By which scheme and with which secret; a choice where there are several. */
function Way({ items, item, nameOf, onPick }: WayProps) {
  const id = useId();
  const words = (each: SignatureExplanation) => `${each.scheme}, ${nameOf(each.secretId)}`;
  if (items.length === 1) return <p className="text-muted">{words(item)}</p>;
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="shrink-0 text-xs text-muted">
        Checked as
      </label>
      <Select
        id={id}
        className="max-w-96"
        value={items.indexOf(item)}
        onChange={(event) => {
          const next = items[Number(event.target.value)];
          if (next) onPick(next);
        }}
      >
        {items.map((each, at) => (
          <option key={at} value={at}>
            {words(each)}
          </option>
        ))}
      </Select>
    </div>
  );
}

type ClaimProps = {
  claim: SignatureExplanation["claims"][number];
  body: Uint8Array<ArrayBuffer> | null;
  isChecked: boolean;
  isProven: boolean;
};

function Claim({ claim, body, isChecked, isProven }: ClaimProps) {
  const [message] = claim.messages;
  return (
    <>
      {message && (
        <SignedBytes parts={message.parts} size={message.size} body={body} isProven={isProven} />
      )}
      {claim.absent.length > 0 && (
        <p className="text-bad">
          Signed, and not in the request: {claim.absent.map(partName).join(", ")}.
        </p>
      )}
      {(isChecked || claim.received.length > 0) && <Compared claim={claim} />}
    </>
  );
}

/** Of what the key and the signature are made. */
function Made({ item: { algorithm, key, time } }: { item: SignatureExplanation }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
      <dt className="text-muted">Algorithm</dt>
      <dd>{algorithm ?? "none: the secret itself is sent and compared"}</dd>
      {key && (
        <>
          <dt className="text-muted">Key</dt>
          <dd>
            {key.recipe}
            {key.length !== null && `; ${key.length} bytes`}
          </dd>
        </>
      )}
      {time && (
        <>
          <dt className="text-muted">Time</dt>
          <dd>
            {time.text === null ? "none came with it" : <span className="wire">{time.text}</span>}
            {time.text !== null && time.ms !== null && (
              <span className="text-muted"> {formatExact(new Date(time.ms).toISOString())}</span>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
