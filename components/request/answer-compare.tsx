"use client";

import { useId, useMemo, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { ComparisonView } from "#components/compare/comparison-view.tsx";
import { formatExact } from "#components/ui/format.ts";
import { answerMask } from "#lib/compare/place.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import { answerMessage } from "./answer-message.ts";

/** An answer of the same request that came before. */
export type EarlierAnswer = { attempt: Attempt; to: string };

type AnswerCompareProps = { attempt: Attempt; earlier: readonly EarlierAnswer[] };

const SHOWN_TARGET = 60;

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
  const before = useMemo(() => (other ? answerMessage(other.attempt) : null), [other]);
  const after = useMemo(() => answerMessage(attempt), [attempt]);
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
      {before && (
        <div className="flex max-h-[36rem] flex-col rounded-md border border-line">
          <ComparisonView before={before} after={after} mask={answerMask} onMask={null} />
        </div>
      )}
    </div>
  );
}
