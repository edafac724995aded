"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { formatMs } from "#components/request/format-ms.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Check, RunReport, StepReport } from "#lib/contract/scenarios.ts";
import type { RunState } from "./use-run.ts";

type RunViewProps = { state: RunState; binId: string };

/** What came of a run, step by step. */
export function RunView({ state, binId }: RunViewProps) {
  if (state.kind === "idle") return null;
  const steps = state.kind === "done" ? state.report.steps : state.steps;
  return (
    <section aria-label="Report of the run" className="flex flex-col gap-2">
      <p role="status" className="text-xs text-muted">
        {state.kind === "running" && `Running, ${steps.length} done …`}
        {state.kind === "done" && <Sum report={state.report} />}
      </p>
      {state.kind === "failed" && <Notice tone="bad">{state.message}</Notice>}
      <ol className="flex flex-col gap-2">
        {steps.map((step, index) => (
          <Step key={index} step={step} binId={binId} />
        ))}
      </ol>
    </section>
  );
}

function Sum({
  report: { passed, steps, totalMs, startedAt, environment },
}: {
  report: RunReport;
}) {
  const failed = steps.filter(({ state }) => state === "failed").length;
  return (
    <>
      <span className={clsx("font-medium", passed ? "text-good" : "text-bad")}>
        {passed ? "✓ Passed" : `✕ ${failed} of ${steps.length} failed`}
      </span>
      {environment !== null && ` in ${environment}`}, {formatMs(totalMs)},{" "}
      <Time at={startedAt} ago />
    </>
  );
}

const marks = { passed: "✓", failed: "✕", skipped: "–" };
const tones = { passed: "text-good", failed: "text-bad", skipped: "text-faint" };

function Step({ step, binId }: { step: StepReport; binId: string }) {
  const { state, name, asked, status, totalMs, tries, error, checks, requestId } = step;
  return (
    <li className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-3 py-2">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <span className={clsx("font-medium", tones[state])}>
          <span aria-hidden>{marks[state]}</span> <span className="sr-only">{state}: </span>
        </span>
        <span className="min-w-0 wrap-anywhere">
          <bdi>{name}</bdi>
        </span>
        <span className="ml-auto text-2xs text-muted tabular-nums">
          {[
            state === "skipped" && "skipped",
            status,
            totalMs !== null && formatMs(totalMs),
            tries > 1 && `${tries} tries`,
          ]
            .filter((fact) => fact !== null && fact !== false)
            .join(" · ")}
        </span>
      </div>
      {asked && asked !== name && (
        <p className="text-xs wrap-anywhere text-muted">
          <WireText text={asked} />
        </p>
      )}
      {error && <p className="text-xs wrap-anywhere text-bad">{error}</p>}
      {checks.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {checks.map((check) => (
            <CheckLine key={`${check.subject} ${check.wanted}`} check={check} />
          ))}
        </ul>
      )}
      {step.location !== undefined && <Leads to={step.location} isEvent={requestId !== null} />}
      {requestId && (
        <Link
          href={`/b/${binId}?request=${requestId}`}
          className="touch-target flex items-center self-start text-xs text-accent hover:underline"
        >
          Open the event
        </Link>
      )}
    </li>
  );
}

/** A run follows no redirect: an event's is followed by hand where its forwards are, a call's is written into the step. */
function Leads({ to, isEvent }: { to: string; isEvent: boolean }) {
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <p className="min-w-0 wrap-anywhere">
        It leads to <WireText text={to} className="text-ink" />, and is not followed.{" "}
        {isEvent
          ? "Follow it by a click among the forwards of the event, or write it into the step."
          : "Write it into the step, or as a call of its own."}
      </p>
      <CopyButton text={to} label="Copy where it leads" />
    </div>
  );
}

function CheckLine({ check: { subject, wanted, got, passed } }: { check: Check }) {
  return (
    <li className={clsx("text-xs wrap-anywhere", passed ? "text-muted" : "text-bad")}>
      <span aria-hidden>{passed ? "✓" : "✕"}</span>
      <span className="sr-only">{passed ? "passed: " : "failed: "}</span>{" "}
      <WireText text={subject} className={passed ? "text-ink" : ""} /> {passed ? "is" : "should be"}{" "}
      <WireText text={wanted} />
      {!passed && (
        <>
          , but is <WireText text={got ?? "not there"} />
        </>
      )}
    </li>
  );
}
