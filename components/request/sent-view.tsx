"use client";

import { Disclosure } from "#components/body/disclosure.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Attempt, Change, Forward } from "#lib/contract/forwards.ts";
import { WireText } from "./wire-text.tsx";

type SentViewProps = {
  attempt: Attempt;
  forward: Pick<Forward, "edited" | "resigned">;
  /** SHA-256 of the captured body. */
  capturedSha256: string;
};

/** Where an attempt went, and how what was sent differs from what was captured. */
export function SentView({ attempt, forward, capturedSha256 }: SentViewProps) {
  const { url, changes, bodySha256Sent, status, error } = attempt;
  const wasSent = status !== null || error?.code === "unseen";
  const isSame = bodySha256Sent === capturedSha256;
  if (!url && !wasSent) return null;
  return (
    <section
      aria-label="What was sent"
      className="flex flex-col gap-1 px-4 py-2 text-xs text-muted"
    >
      {url && (
        <p className="wrap-anywhere">
          {wasSent ? "Asked" : "To"} <WireText text={url} className="text-ink" />
        </p>
      )}
      {wasSent && (
        <>
          <p>{bodyWords(isSame, forward)}</p>
          <Disclosure summary={changeWords(changes)}>
            <div className="flex flex-col gap-3 pt-2 pb-1 pl-4.5">
              {changes && changes.length > 0 && (
                <Changes changes={changes} label="Headers that differ" />
              )}
              <Hashes captured={capturedSha256} sent={bodySha256Sent} isSame={isSame} />
            </div>
          </Disclosure>
        </>
      )}
    </section>
  );
}

function bodyWords(isSame: boolean, { edited, resigned }: SentViewProps["forward"]): string {
  if (isSame) return "The body was sent as captured, byte for byte (same SHA-256).";
  if (edited) return "The body was sent as edited: its SHA-256 is another one.";
  return resigned
    ? "The body that was sent has the new signature, or its time: its SHA-256 is another one."
    : "The body that was sent differs from the captured one.";
}

function changeWords(changes: readonly Change[] | null): string {
  if (!changes) return "How the headers differ is not known";
  if (changes.length === 0) return "All headers as captured";
  return `Headers: ${changeCounts(changes)}; SHA-256`;
}

/** "2 changed, 1 added". */
export function changeCounts(changes: readonly Change[]): string {
  const counts = (["changed", "added", "dropped"] as const)
    .map((kind) => [changes.filter((change) => change.kind === kind).length, kind] as const)
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`);
  return counts.join(", ");
}

const tones: Record<Change["kind"], Tone> = {
  changed: "accent",
  added: "good",
  dropped: "neutral",
};
const signs: Record<Change["kind"], string> = { changed: "~", added: "+", dropped: "−" };

type ChangesProps = { changes: readonly Change[]; label: string };

export function Changes({ changes, label }: ChangesProps) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {changes.map(({ kind, name, value, why }, index) => (
        <li
          key={index}
          className="grid grid-cols-[5.25rem_minmax(0,1fr)] items-start gap-x-2 gap-y-0.5 lg:grid-cols-[5.25rem_minmax(0,1fr)_minmax(0,14rem)]"
        >
          <Badge tone={tones[kind]} className="justify-self-start">
            <span aria-hidden>{signs[kind]}</span> {kind}
          </Badge>
          <span className="wrap-anywhere">
            <WireText text={name} className="text-muted" />
            <span className="text-faint">: </span>
            {kind === "dropped" ? (
              <del className="decoration-line-strong">
                <WireText text={value} />
              </del>
            ) : (
              <WireText text={value} className="text-ink" />
            )}
          </span>
          <span className="col-start-2 text-faint lg:col-start-3">{why}</span>
        </li>
      ))}
    </ul>
  );
}

function Hashes({ captured, sent, isSame }: { captured: string; sent: string; isSame: boolean }) {
  return (
    <div className="flex flex-col gap-1">
      <Hash name="SHA-256 of the captured body" value={captured} />
      <Hash name={`SHA-256 of the sent body${isSame ? ", the same" : ""}`} value={sent} />
    </div>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-2">
      <dl className="min-w-0 flex-1">
        <dt>{name}</dt>
        <dd className="wire wrap-anywhere text-ink">{value}</dd>
      </dl>
      <CopyButton text={value} label={`Copy the ${name}`} />
    </div>
  );
}
