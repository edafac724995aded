"use client";

import { WireText } from "#components/request/wire-text.tsx";
import { formatAgo, formatCount, formatExact } from "#components/ui/format.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { Step } from "#lib/decode/decode.ts";
import { DecodeContext } from "./decode-mode.ts";
import { DecodedBytes } from "./decoded-bytes.tsx";
import { DecodedJwt } from "./decoded-jwt.tsx";
import { JsonBox, StepHead } from "./step-parts.tsx";
import { stepName } from "./step-words.ts";

/** Characters of a step that are shown; all of it is copied. */
const CHARS_SHOWN = 4000;

type DecodedStepsProps = { steps: readonly Step[]; name: string; arrivedAtMs: number | null };

/** A value unwrapped, outermost first, each step to be copied. */
export function DecodedSteps({ steps, name, arrivedAtMs }: DecodedStepsProps) {
  return (
    <DecodeContext value={null}>
      <ol aria-label={`${name}, decoded`} className="flex min-w-0 flex-col gap-2 font-sans">
        {steps.map((step, index) => (
          <li key={index} className="flex min-w-0 flex-col gap-1">
            <StepView step={step} arrivedAtMs={arrivedAtMs} />
          </li>
        ))}
      </ol>
    </DecodeContext>
  );
}

type StepViewProps = { step: Step; arrivedAtMs: number | null };

function StepView({ step, arrivedAtMs }: StepViewProps) {
  switch (step.kind) {
    case "jwt":
      return <DecodedJwt jwt={step} arrivedAtMs={arrivedAtMs} />;
    case "time":
      return <Moment step={step} />;
    case "json":
      return (
        <>
          <StepHead words={stepName(step)} text={step.text} />
          <JsonBox text={step.text} />
        </>
      );
    case "url":
    case "quoted":
      return <TextStep words={stepName(step)} text={step.text} />;
    case "base64":
    case "data":
      return step.text === null ? (
        <DecodedBytes words={stepName(step)} bytes={step.bytes} />
      ) : (
        <TextStep words={stepName(step)} text={step.text} />
      );
  }
}

function TextStep({ words, text }: { words: string; text: string }) {
  const rest = text.length - CHARS_SHOWN;
  return (
    <>
      <StepHead words={words} text={text} />
      <div
        role="group"
        aria-label={words}
        tabIndex={0}
        className="max-h-40 overflow-y-auto rounded-sm bg-sunken px-2 py-1 wrap-anywhere whitespace-pre-wrap"
      >
        <WireText text={text.slice(0, CHARS_SHOWN)} kept={"\t\n\r"} />
        {rest > 0 && (
          <span className="text-xs text-faint"> … {formatCount(rest)} more characters</span>
        )}
      </div>
    </>
  );
}

function Moment({ step }: { step: Step & { kind: "time" } }) {
  const now = useNow();
  return (
    <>
      <StepHead words={stepName(step)} text={step.at} />
      <p>
        {formatExact(step.at)}
        <span className="text-muted"> · {formatAgo(Date.parse(step.at), now)}</span>
      </p>
    </>
  );
}
