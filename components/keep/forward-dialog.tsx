"use client";

import { Check, X } from "lucide-react";
import Link from "next/link";
import { useEffect, useId, useRef, useState } from "react";
import { useRelays } from "#components/relay/relay-context.ts";
import { rememberedByBin } from "#components/relay/remembered.ts";
import { readTargets, rememberTarget } from "#components/request/recent-targets.ts";
import { keepMarked } from "#components/resends/marked-for-resend.ts";
import { ViaChoice } from "#components/request/via-choice.tsx";
import { ProgressBar } from "#components/transfer/progress-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { ForwardCreate } from "#lib/contract/forwards.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { useResigningSeveral } from "./use-resigning-several.ts";
import { type ForwardedOne, type ForwardRun, forwardAll } from "./forward-run.ts";

type ForwardDialogProps = {
  api: ApiClient;
  binId: string;
  requests: readonly RequestSummary[];
  onClose: () => void;
};

const lastVia = rememberedByBin("hooklens:forward-via");

/** Sends several on to one target, in the order of their arrival, one after the other. */
export function ForwardDialog({ api, binId, requests, onClose }: ForwardDialogProps) {
  const relays = useRelays();
  const [recent] = useState(readTargets);
  const [to, setTo] = useState(recent[0]?.to ?? "");
  const [append, setAppend] = useState(recent[0]?.append ?? true);
  const [chosen, setChosen] = useState(() => lastVia.of(binId) ?? "");
  const via = relays.find(({ relay }) => relay.name === chosen) ?? null;
  const { run, start, stop } = useForwardRun(api, binId, requests);
  const resigning = useResigningSeveral(api, binId, requests);
  const signable = resigning.count(via !== null);
  const isRunning = run !== null && run.current !== null;
  const lists = useId();

  function send() {
    if (isRunning || (!via && to.trim() === "")) return;
    lastVia.set(binId, chosen);
    if (!via) rememberTarget({ to: to.trim(), append });
    const where = via ? { to: "listener", name: via.relay.name } : { to: to.trim() };
    void start((request) => ({
      ...where,
      append,
      ...(resigning.isOn && resigning.canSign(request, via !== null) && { resign: true }),
    }));
  }

  return (
    <Dialog
      onClose={onClose}
      title={`Forward ${requests.length} ${requests.length === 1 ? "request" : "requests"}`}
      description="One after the other, in the order of their arrival."
      actions={
        isRunning ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          <>
            {run && <Button onClick={onClose}>Close</Button>}
            <Button variant={run ? "secondary" : "primary"} onClick={send}>
              {run ? "Forward again" : "Forward"}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={isRunning} className="flex min-w-0 flex-col gap-3">
        {relays.length > 0 && (
          <ViaChoice relays={relays} via={via} onChoose={(name) => setChosen(name ?? "")} />
        )}
        {!via && (
          <Field label="Forward to">
            <Input
              wire
              type="url"
              inputMode="url"
              list={lists}
              autoComplete="off"
              spellCheck={false}
              placeholder="http://localhost:3000/webhooks"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Enter" && send()}
            />
          </Field>
        )}
        <datalist id={lists}>
          {recent.map((target) => (
            <option key={target.to} value={target.to}>
              {target.to}
            </option>
          ))}
        </datalist>
        <Switch checked={append} onChange={setAppend}>
          <span className="text-xs">Append the captured path and query</span>
        </Switch>
        {signable > 0 && (
          <Switch checked={resigning.isOn} onChange={(next) => resigning.set(next)}>
            <span className="text-xs">{signWords(signable, requests.length)}</span>
          </Switch>
        )}
      </fieldset>
      {!run && (
        <p className="text-xs text-muted">
          This page sends them, while it is open.{" "}
          <Link
            href={`/b/${binId}/resends?marked`}
            onClick={() =>
              keepMarked(
                binId,
                requests.map(({ id }) => id),
              )
            }
            className="text-accent hover:underline"
          >
            Let the server resend them
          </Link>
          , at a rate, with a report.
        </p>
      )}
      {run && <Results run={run} count={requests.length} />}
    </Dialog>
  );
}

const signWords = (signable: number, count: number): string =>
  signable === count ? "Sign again" : `Sign again: ${signable} of them, the others go as they came`;

function useForwardRun(api: ApiClient, binId: string, requests: readonly RequestSummary[]) {
  const [run, setRun] = useState<ForwardRun | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = (askedFor: (request: RequestSummary) => ForwardCreate) => {
    const { signal } = (running.current = new AbortController());
    return forwardAll({ api, binId, signal }, requests, askedFor, (next) =>
      setRun({ ...next, done: [...next.done] }),
    );
  };
  return { run, start, stop: () => running.current?.abort() };
}

function Results({ run: { done, current, isWaiting }, count }: { run: ForwardRun; count: number }) {
  const good = done.filter(({ isGood }) => isGood).length;
  return (
    <div className="flex flex-col gap-2">
      <ProgressBar label="Forwarded" share={done.length / count} />
      <p role="status" className="text-xs text-muted">
        {current === null
          ? `${good} of ${count} delivered${done.length < count ? `, stopped after ${done.length}` : ""}.`
          : isWaiting
            ? `The server forwards only so many a minute: waiting to send #${current}.`
            : `Sending #${current}, ${done.length} of ${count} done.`}
      </p>
      <ul
        aria-label="Results"
        tabIndex={0}
        className="flex max-h-48 flex-col overflow-y-auto text-xs empty:hidden"
      >
        {done.map((one) => (
          <Result key={one.seq} one={one} />
        ))}
      </ul>
    </div>
  );
}

function Result({ one: { seq, isGood, words } }: { one: ForwardedOne }) {
  const Icon = isGood ? Check : X;
  return (
    <li className="flex items-baseline gap-2 py-0.5">
      <Icon
        size={12}
        strokeWidth={2.5}
        aria-label={isGood ? "delivered" : "failed"}
        className={isGood ? "shrink-0 self-center text-good" : "shrink-0 self-center text-bad"}
      />
      <span className="w-12 shrink-0 text-faint">#{seq}</span>
      <span className="min-w-0 wrap-anywhere">{words}</span>
    </li>
  );
}
