"use client";

import { useState } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { LISTENER_WAIT_MS_MAX } from "#lib/contract/relay.ts";
import { SaveRow } from "./save-row.tsx";
import { useSaving } from "./use-saving.ts";

const SECONDS_MAX = LISTENER_WAIT_MS_MAX / 1000;
/** GitHub, and many others, give up after ten. */
const SUGGESTED_SECONDS = "8";

type LocalhostFormProps = { bin: Bin; api: ApiClient; onChanged: (bin: Bin) => void };

/** Whether senders get a listener's own answer, and how long they wait for it. */
export function LocalhostForm({ bin, api, onChanged }: LocalhostFormProps) {
  const [isOn, setOn] = useState(bin.listenerWaitMs > 0);
  const [seconds, setSeconds] = useState(
    bin.listenerWaitMs > 0 ? String(bin.listenerWaitMs / 1000) : SUGGESTED_SECONDS,
  );
  const [problem, setProblem] = useState<string | null>(null);
  const { saving, run, touch } = useSaving();

  async function save() {
    const waitMs = isOn ? readSeconds(seconds) : 0;
    if (waitMs === null) {
      setProblem(`From 0.1 to ${SECONDS_MAX} seconds`);
      throw new Error("Not saved: see the field above.");
    }
    onChanged(await api.change(bin.id, { listenerWaitMs: waitMs }));
  }

  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      noValidate
      onChange={() => {
        touch();
        setProblem(null);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <Switch checked={isOn} onChange={setOn}>
        Senders get localhost’s own answer
      </Switch>
      {isOn && (
        <Field
          label="Wait at most, in seconds"
          hint={`Up to ${SECONDS_MAX}. Senders give up by themselves too: Slack after 3 s, GitHub after 10 s.`}
          error={problem}
          className="w-full"
        >
          <Input
            wire
            inputMode="decimal"
            value={seconds}
            className="max-w-28"
            onChange={(event) => setSeconds(event.target.value)}
          />
        </Field>
      )}
      <p className="text-xs text-muted">
        {isOn
          ? `The request is stored first, then goes to the listeners; the first answer from a localhost is the sender’s, with its status, headers and body (up to 256 KiB). When none comes in time, or nobody listens, the sender gets the bin’s own answer (${bin.response.status}). A request that came too late for that still reaches localhost.`
          : `Senders get the bin’s own answer (${bin.response.status}) as soon as the request is stored, whatever a listener’s code answers later.`}
      </p>
      <SaveRow saving={saving} action="Save" />
    </form>
  );
}

/** In milliseconds; null when that is no wait that can be set. */
function readSeconds(text: string): number | null {
  if (!/^\d{1,2}([.,]\d{1,3})?$/.test(text.trim())) return null;
  const waitMs = Math.round(Number(text.trim().replace(",", ".")) * 1000);
  return waitMs >= 100 && waitMs <= LISTENER_WAIT_MS_MAX ? waitMs : null;
}
