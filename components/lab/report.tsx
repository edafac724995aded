"use client";

import { statusTone } from "#components/request/answered.ts";
import { formatMs } from "#components/request/format-ms.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Verdict } from "#lib/contract/experiments.ts";
import { Pair } from "./pair.tsx";
import type { Experiment, Shown } from "./use-experiment.ts";
import { resultWords } from "./words.ts";

/** What was sent, what came back, and what that says. */
export function Report({ state: { kind, sends, verdict, message } }: { state: Experiment }) {
  if (kind === "idle") return null;
  const done = sends.filter(isDone).length;
  return (
    <div className="flex flex-col gap-2.5">
      <div role="status" className="text-xs text-muted">
        {kind === "running" && `Sending, ${done} of ${sends.length} answered …`}
        {verdict && <VerdictView verdict={verdict} />}
      </div>
      {message && <Notice tone="bad">{message}</Notice>}
      {sends.length > 0 && (
        <ol aria-label="What was sent" className="rounded-md border border-line bg-surface">
          {sends.map((shown, index) => (
            <SendRow key={index} shown={shown} isRunning={kind === "running"} />
          ))}
        </ol>
      )}
      {kind === "done" && verdict && <Pair sends={sends} chosen={verdict.compare} />}
    </div>
  );
}

const isDone = ({ forward, problem }: Shown): boolean =>
  forward !== undefined || problem !== undefined;

function VerdictView({ verdict: { result, title, why } }: { verdict: Verdict }) {
  const { mark, word, tone } = resultWords[result];
  return (
    <div className="flex flex-col items-start gap-1 rounded-md border border-line bg-surface px-3 py-2.5">
      <Badge tone={tone}>
        <span aria-hidden>{mark}</span> {word}
      </Badge>
      <p className="text-sm font-medium wrap-anywhere text-ink">{title}</p>
      <p className="max-w-prose text-xs wrap-anywhere text-muted">{why}</p>
    </div>
  );
}

type SendRowProps = { shown: Shown; isRunning: boolean };

function SendRow({ shown: { planned, forward, problem }, isRunning }: SendRowProps) {
  const attempt = forward?.attempts.at(-1);
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 border-t border-line px-3 py-1 text-xs first:border-t-0">
      <span className="min-w-0 flex-1 text-muted">
        <span className="text-ink">#{planned.seq}</span> {planned.role}
      </span>
      {attempt && attempt.status !== null && (
        <Badge tone={statusTone(attempt.status)}>{attempt.status}</Badge>
      )}
      {attempt && (
        <span className="text-muted tabular-nums">{formatMs(attempt.timing.totalMs)}</span>
      )}
      {!attempt && problem === undefined && (
        <span className="text-faint">{isRunning ? waitWords(planned.waitMs) : "not sent"}</span>
      )}
      {(problem ?? attempt?.error?.message) !== undefined && (
        <span className="w-full wrap-anywhere text-bad">{problem ?? attempt?.error?.message}</span>
      )}
    </li>
  );
}

const waitWords = (waitMs: number): string =>
  waitMs > 0 ? `${waitMs / 1000} s after the first` : "…";
