"use client";

import { clsx } from "clsx";
import { CircleCheck, CircleDashed, CircleX, Clock, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useNow } from "#components/ui/use-now.ts";
import type { SignatureExplanation } from "#lib/contract/explanations.ts";
import { reasonWords } from "./reason-words.ts";
import { ageWords } from "./signature-words.ts";

type AnswersProps = { item: SignatureExplanation };

/** Three questions that are not one: does it match, how old was it on arrival, how old is it now. */
export function Answers({ item }: AnswersProps) {
  const now = useNow();
  const { time, verdict } = item;
  const match = matchOf(item);
  return (
    <dl className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3">
      <Answer question="Does the signature match?" {...match} />
      {time?.ms != null && time.ageSeconds !== null ? (
        <>
          <Age question="How old was it on arrival?" seconds={time.ageSeconds} time={time} />
          <Age question="How old is it now?" seconds={(now - time.ms) / 1000} time={time} />
        </>
      ) : (
        <Answer
          wide
          question="How old was it?"
          icon={Clock}
          tone="text-faint"
          words={timeWords(time)}
          note={
            time
              ? reasonWords(verdict.reason ?? "")
              : "So one that is sent again looks like the first."
          }
        />
      )}
    </dl>
  );
}

function timeWords(time: SignatureExplanation["time"]): string {
  if (!time) return "No time is signed";
  return time.text === null ? "No time came with it" : "Its time can't be read";
}

function matchOf({ verdict: { status, reason }, outrankedBy }: SignatureExplanation) {
  if (status === "verified") {
    return {
      icon: CircleCheck,
      tone: "text-good",
      words: "It matches",
      note: outrankedBy ? `${outrankedBy} beside it is what counts.` : "These exact bytes.",
    };
  }
  if (status === "unchecked") {
    return {
      icon: CircleDashed,
      tone: "text-faint",
      words: reason === null ? "Not checked" : "There is none",
      note: reason === null ? "No secret to check it with." : `${reasonWords(reason)}.`,
    };
  }
  if (reason === "missing") {
    return {
      icon: CircleX,
      tone: "text-bad",
      words: "There is none",
      note: `${reasonWords(reason)}.`,
    };
  }
  const note = reason === null ? "" : `${reasonWords(reason)}.`;
  return { icon: CircleX, tone: "text-bad", words: "It does not match", note };
}

type AgeProps = {
  question: string;
  seconds: number;
  time: NonNullable<SignatureExplanation["time"]>;
};

function Age({ question, seconds, time }: AgeProps) {
  const { words, isLate, limit } = ageWords(seconds, time);
  return (
    <Answer
      question={question}
      icon={Clock}
      tone={isLate ? "text-warn" : "text-faint"}
      words={words}
      note={limit}
    />
  );
}

type AnswerProps = {
  question: string;
  icon: LucideIcon;
  tone: string;
  words: string;
  note: ReactNode;
  wide?: boolean;
};

function Answer({ question, icon: Icon, tone, words, note, wide = false }: AnswerProps) {
  return (
    <div className={clsx("flex flex-col gap-0.5 bg-surface px-3 py-2", wide && "sm:col-span-2")}>
      <dt className="text-xs text-muted">{question}</dt>
      <dd className="flex items-center gap-1.5 font-medium">
        <Icon size={15} strokeWidth={2} aria-hidden className={clsx("shrink-0", tone)} />
        {words}
      </dd>
      <dd className="text-xs text-faint first-letter:uppercase">{note}</dd>
    </div>
  );
}
