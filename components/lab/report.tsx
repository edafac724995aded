"use client";

import { statusTone } from "#components/request/answered.ts";
import { formatMs } from "#components/request/format-ms.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Verdict } from "#lib/contract/experiments.ts";
import { redirectOf } from "#lib/forward/redirect.ts";
import { Pair } from "./pair.tsx";
import type { Experiment, Shown } from "./use-experiment.ts";
import { resultWords } from "./words.ts";

type ReportProps = { state: Experiment; onUseTarget: (to: string) => void };

/** What was sent, what came back, and what that says. */
export function Report({ state: { kind, sends, verdict, message }, onUseTarget }: ReportProps) {
  if (kind === "idle") return null;
  const done = sends.filter(isDone).length;
  return (
    <div className="flex flex-col gap-2.5">
      <div role="status" className="text-xs text-muted">
        {kind === "running" && `Sending, ${done} of ${sends.length} answered …`}
        {verdict && <VerdictView verdict={verdict} />}
      </div>
      {message && <Notice tone="bad">{message}</Notice>}
      <Leads sends={sends} onUseTarget={onUseTarget} />
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

/** Where the answers lead: an experiment is made anew with that place, since only that is what it would try. */
function Leads({
  sends,
  onUseTarget,
}: { sends: readonly Shown[] } & Pick<ReportProps, "onUseTarget">) {
  const leads = sends.flatMap(({ planned, forward }) => {
    const attempt = forward?.listener === null ? forward.attempts.at(-1) : undefined;
    const asked = { to: forward?.to ?? "", method: "POST" };
    const to = attempt && redirectOf(attempt, asked)?.to;
    return to ? [{ seq: planned.seq, to }] : [];
  });
  const [first] = leads;
  if (!first) return null;
  return (
    <Notice
      actions={
        <Button size="sm" onClick={() => onUseTarget(first.to)}>
          Use as target
        </Button>
      }
    >
      Redirects are not followed. #{first.seq} was answered with{" "}
      <WireText text={first.to} className="wrap-anywhere" />: try that place itself, or follow the
      redirect among the forwards below.
    </Notice>
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
