"use client";

import { useId, useMemo, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { formatBytes, formatCount, formatExact } from "#components/ui/format.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import { type AnswerDiff, diffAnswers, type HeaderChange } from "./answer-diff.ts";
import { LineDiff } from "./line-diff-view.tsx";
import { WireText } from "./wire-text.tsx";

/** An answer of the same request that came before. */
export type EarlierAnswer = { attempt: Attempt; to: string };

type AnswerCompareProps = { attempt: Attempt; earlier: readonly EarlierAnswer[] };

const SHOWN_TARGET = 60;
/** Headers listed; an answer has more only where someone means harm. */
const CHANGES_SHOWN = 100;

/** What differs from an earlier answer to the same request. */
export function AnswerCompare({ attempt, earlier }: AnswerCompareProps) {
  const [isOpen, setOpen] = useState(false);
  if (earlier.length === 0) return null;
  return (
    <Disclosure
      summary="Compare with an earlier answer"
      className="border-t border-line [&>summary]:px-4 [&>summary]:py-1.5"
      onToggle={setOpen}
    >
      {isOpen && <Comparison attempt={attempt} earlier={earlier} />}
    </Disclosure>
  );
}

function Comparison({ attempt, earlier }: AnswerCompareProps) {
  const id = useId();
  const [chosen, setChosen] = useState(earlier[0]?.attempt.id);
  const other = earlier.find((one) => one.attempt.id === chosen) ?? earlier[0];
  const diff = useMemo(
    () => (other ? diffAnswers(other.attempt, attempt) : null),
    [other, attempt],
  );
  return (
    <div className="flex flex-col gap-2 px-4 pt-1 pb-3">
      <label htmlFor={id} className="text-xs text-muted">
        What changed since
      </label>
      <select
        id={id}
        value={other?.attempt.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        className="wire touch-target h-8 w-full cursor-pointer rounded-md border border-line-strong bg-surface px-2.5 pr-7 text-ink"
      >
        {earlier.map(({ attempt: one, to }) => (
          <option key={one.id} value={one.id}>
            {one.status} · {formatExact(one.startedAt).slice(0, 19)} · {to.slice(0, SHOWN_TARGET)}
          </option>
        ))}
      </select>
      {diff && <Changes diff={diff} />}
    </div>
  );
}

function Changes({ diff }: { diff: AnswerDiff }) {
  const { status, headers, body } = diff;
  const isSameStatus = status.before === status.after;
  if (isSameStatus && headers.length === 0 && body.kind === "same") {
    return <p className="text-xs text-muted">Nothing: status, headers and body are the same.</p>;
  }
  return (
    <>
      <p className="text-xs text-muted">
        Status:{" "}
        {isSameStatus ? (
          `${status.after}, the same`
        ) : (
          <>
            <del className="wire text-bad">{status.before}</del> →{" "}
            <ins className="wire text-good no-underline">{status.after}</ins>
          </>
        )}
      </p>
      <HeaderChanges changes={headers} same={diff.sameHeaders} />
      <BodyChange body={body} />
    </>
  );
}

function HeaderChanges({ changes, same }: { changes: readonly HeaderChange[]; same: number }) {
  const rest = `${same} ${same === 1 ? "header is" : "headers are"} the same.`;
  return (
    <div className="flex flex-col gap-0.5">
      {changes.slice(0, CHANGES_SHOWN).map(({ name, before, after }) => (
        <div key={name} className="wire wrap-anywhere whitespace-pre-wrap">
          {before !== null && <Side kind="removed" text={`${name}: ${before}`} />}
          {after !== null && <Side kind="added" text={`${name}: ${after}`} />}
        </div>
      ))}
      {changes.length > CHANGES_SHOWN && (
        <p className="text-xs text-faint">
          and {formatCount(changes.length - CHANGES_SHOWN)} more that changed
        </p>
      )}
      <p className="text-xs text-muted">
        {changes.length === 0 ? `All ${rest}` : same > 0 && `Other ${rest}`}
      </p>
    </div>
  );
}

function Side({ kind, text }: { kind: "removed" | "added"; text: string }) {
  const isAdded = kind === "added";
  return (
    <div className={isAdded ? "bg-good-soft" : "bg-bad-soft"}>
      <span className={isAdded ? "text-good" : "text-bad"}>{isAdded ? "+ " : "− "}</span>
      <span className="sr-only">{isAdded ? "now: " : "before: "}</span>
      <WireText text={text} kept={"\n"} />
    </div>
  );
}

function BodyChange({ body }: { body: AnswerDiff["body"] }) {
  if (body.kind === "same") return <p className="text-xs text-muted">The body is the same.</p>;
  if (body.kind === "binary") {
    return (
      <p className="text-xs text-muted">
        The bodies differ and are not text: {formatBytes(body.before)} before,{" "}
        {formatBytes(body.after)} now.
      </p>
    );
  }
  return (
    <>
      <p className="text-xs text-muted">
        The body{body.printed && ", as printed JSON"}: lines with − were there before, lines with +
        are there now.
      </p>
      <LineDiff lines={body.lines} />
    </>
  );
}
