"use client";

import { useMemo, useState } from "react";
import { ComparisonView } from "#components/compare/comparison-view.tsx";
import { answerMessage } from "#components/request/answer-message.ts";
import { Field, Select } from "#components/ui/field.tsx";
import { answerMask } from "#lib/compare/place.ts";
import type { Verdict } from "#lib/contract/experiments.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import type { Shown } from "./use-experiment.ts";

type PairProps = { sends: readonly Shown[]; chosen: Verdict["compare"] };

type Answered = { at: number; label: string; attempt: Attempt };

/** Two of the answers side by side; at first those that the verdict speaks of. */
export function Pair({ sends, chosen }: PairProps) {
  const answers = useMemo(() => answersOf(sends), [sends]);
  const [picked, setPicked] = useState<[number, number]>(chosen ?? [0, 1]);
  const [one, two] = picked.map((at) => answers.find((answer) => answer.at === at));
  const [before, after] = [one?.attempt, two?.attempt];
  const left = useMemo(() => before && answerMessage(before), [before]);
  const right = useMemo(() => after && answerMessage(after), [after]);
  if (answers.length < 2) return null;
  return (
    <section aria-label="The answers beside each other" className="flex flex-col gap-2">
      <div className="grid gap-2 sm:grid-cols-2">
        {(["Answer", "Beside it"] as const).map((label, side) => (
          <Field key={label} label={label}>
            <Select
              value={picked[side]}
              onChange={(event) => {
                const at = Number(event.currentTarget.value);
                setPicked(side === 0 ? [at, picked[1]] : [picked[0], at]);
              }}
            >
              {answers.map((answer) => (
                <option key={answer.at} value={answer.at}>
                  {answer.label}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
      {left && right && (
        <div className="flex max-h-[36rem] flex-col rounded-md border border-line">
          <ComparisonView before={left} after={right} mask={answerMask} onMask={null} />
        </div>
      )}
    </section>
  );
}

const answersOf = (sends: readonly Shown[]): Answered[] =>
  sends.flatMap(({ planned, forward }, at) => {
    const attempt = forward?.attempts.at(-1);
    if (!attempt || attempt.status === null) return [];
    return [{ at, attempt, label: `${attempt.status} · #${planned.seq} ${planned.role}` }];
  });
