"use client";

import { FlaskConical, Square } from "lucide-react";
import { useId, useState } from "react";
import type { useForwardForm } from "#components/request/use-forward-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import {
  DELAY_MS_DEFAULT,
  DELAY_MS_MAX,
  DELAY_MS_MIN,
  type ExperimentKind,
  TIMES_DEFAULT,
  TIMES_MAX,
  TIMES_MIN,
} from "#lib/contract/experiment-limits.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { KindChoice } from "./kind-choice.tsx";
import { OtherChoice } from "./other-choice.tsx";
import { Report } from "./report.tsx";
import { useExperiment } from "./use-experiment.ts";
import { kindWords } from "./words.ts";

export type LabProps = {
  api: ApiClient;
  request: CapturedRequest;
  /** Says where it goes. */
  form: ReturnType<typeof useForwardForm>;
};

/** Sends the request in the ways in which providers do at times, and says what the answers show of the handler. */
export function LabPanel({ api, request, form }: LabProps) {
  const { state, run, stop } = useExperiment(api, request.binId, request.id);
  const [kind, setKind] = useState<ExperimentKind>("twice");
  const [times, setTimes] = useState(TIMES_DEFAULT);
  const [seconds, setSeconds] = useState(DELAY_MS_DEFAULT / 1000);
  const [otherId, setOtherId] = useState<string | null>(null);
  const hint = useId();
  const isRunning = state.kind === "running";
  const { to, name } = form.asked();
  const isReady = to !== "" && (kind !== "swapped" || otherId !== null);

  function start() {
    if (isRunning || !isReady) return;
    void run({
      ...form.asked(),
      kind,
      ...(kind === "burst" && { times }),
      ...(kind === "late" && { delayMs: seconds * 1000 }),
      ...(kind === "swapped" && otherId !== null && { otherRequestId: otherId }),
    });
  }

  return (
    <section aria-label="Try your handler" className="flex flex-col gap-3 pt-2.5 pb-1">
      <KindChoice value={kind} onChange={setKind} />
      <p className="max-w-prose text-xs text-muted">{kindWords[kind].what}</p>
      {kind === "burst" && (
        <Amount label="Times" value={times} min={TIMES_MIN} max={TIMES_MAX} onChange={setTimes} />
      )}
      {kind === "late" && (
        <Amount
          label="Seconds between"
          value={seconds}
          min={DELAY_MS_MIN / 1000}
          max={DELAY_MS_MAX / 1000}
          onChange={setSeconds}
        />
      )}
      {kind === "swapped" && (
        <OtherChoice api={api} request={request} value={otherId} onChange={setOtherId} />
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {isRunning ? (
          <Button onClick={stop}>
            <Square size={13} aria-hidden />
            Stop
          </Button>
        ) : (
          <Button disabled={!isReady} onClick={start} aria-describedby={hint}>
            <FlaskConical size={14} aria-hidden />
            Try it
          </Button>
        )}
        <p id={hint} className="min-w-0 text-xs wrap-anywhere text-muted">
          {to === "" ? (
            "Write above where it goes."
          ) : (
            <>
              Really sent, to <span className="wire text-ink">{name ?? to}</span>, as it came: not
              as edited.
            </>
          )}
        </p>
      </div>
      <Report state={state} onUseTarget={(to) => form.change({ to, append: false })} />
    </section>
  );
}

type AmountProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
};

function Amount({ label, value, min, max, onChange }: AmountProps) {
  return (
    <Field label={label} className="w-36">
      <Input
        type="number"
        inputMode="numeric"
        value={Number.isNaN(value) ? "" : value}
        min={min}
        max={max}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        onBlur={() => onChange(Math.min(Math.max(Math.round(value) || min, min), max))}
      />
    </Field>
  );
}
