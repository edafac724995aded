"use client";

import { useId, useState } from "react";
import { QueryField } from "#components/destinations/query-field.tsx";
import { readTargets, rememberTarget } from "#components/request/recent-targets.ts";
import { useForm } from "#components/settings/use-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Listener } from "#lib/contract/listeners.ts";
import type { ResendCreate, ResendPlan } from "#lib/contract/resends.ts";
import { planWords, requestsWord } from "./words.ts";

type ResendFormProps = {
  /** What the list was filtered by. */
  q: string;
  /** What was marked in the list; null: all that match. */
  marked: readonly string[] | null;
  listeners: readonly Listener[];
  onPlan: (input: ResendCreate) => Promise<ResendPlan>;
  onSend: (input: ResendCreate) => Promise<void>;
};

type Values = {
  q: string;
  /** A listener's name; empty for the server itself. */
  via: string;
  to: string;
  append: boolean;
  resign: boolean;
  ordered: boolean;
  ratePerSecond: string;
  maxAttempts: string;
};

/** Which requests go where, and how; nothing is sent before its plan was seen. */
export function ResendForm({ q, marked, listeners, onPlan, onSend }: ResendFormProps) {
  const [recent] = useState(readTargets);
  const [ids, setIds] = useState(marked);
  const [plan, setPlan] = useState<ResendPlan | null>(null);
  const first: Values = {
    q,
    via: "",
    to: recent[0]?.to ?? "",
    append: recent[0]?.append ?? true,
    resign: false,
    ordered: true,
    ratePerSecond: "",
    maxAttempts: "1",
  };
  const { values, saving, run, errorOf, text, flag } = useForm(first, () => setPlan(null));
  const targets = useId();
  const input = inputOf(values, ids);
  const isEmpty = plan !== null && isNothing(plan);

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(async () => {
          if (!plan || isEmpty) return setPlan(await onPlan(input));
          if (values.via === "") rememberTarget({ to: input.to, append: values.append });
          await onSend(input);
          setPlan(null);
        });
      }}
    >
      {ids ? (
        <Notice
          actions={
            <Button
              size="sm"
              onClick={() => {
                setIds(null);
                setPlan(null);
              }}
            >
              Choose by a query
            </Button>
          }
        >
          The {requestsWord(ids.length)} that you selected in the list.
          {errorOf("/ids") && <span className="text-bad"> {errorOf("/ids")}.</span>}
        </Notice>
      ) : (
        <QueryField
          all="every request of this bin"
          placeholder="provider:stripe at>-1h"
          error={errorOf("/q")}
          input={text("q")}
        />
      )}
      {listeners.length > 0 && (
        <Field
          label="Sent on by"
          hint="A machine gets them beside what it gets anyway, each once"
          error={errorOf("/name")}
        >
          <Select {...text("via")}>
            <option value="">the server, to a URL</option>
            {listeners.map(({ name, connected }) => (
              <option key={name} value={name}>
                {connected ? name : `${name}, not connected`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {values.via === "" && (
        <Field label="Send to" error={errorOf("/to")}>
          <Input
            wire
            inputMode="url"
            list={targets}
            placeholder="https://api.example.com/webhooks"
            {...text("to")}
          />
        </Field>
      )}
      <datalist id={targets}>
        {recent.map(({ to }) => (
          <option key={to} value={to}>
            {to}
          </option>
        ))}
      </datalist>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {flag("ordered", "In order, one at a time")}
        {flag("append", "Append the captured path and query")}
        {flag("resign", "Sign again")}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Per second at most"
          hint="Empty: as fast as it answers"
          error={errorOf("/ratePerSecond")}
        >
          <Input inputMode="decimal" {...text("ratePerSecond")} />
        </Field>
        {values.via === "" && (
          <Field
            label="Attempts at most"
            hint="1: none is sent twice"
            error={errorOf("/retry/maxAttempts")}
          >
            <Input inputMode="numeric" {...text("maxAttempts")} />
          </Field>
        )}
      </div>
      {plan && <Plan plan={plan} asked={input} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" disabled={saving.state === "running"}>
          {plan && !isEmpty ? `Send ${sendableWords(plan)}` : "Show the plan"}
        </Button>
        {plan && <Button onClick={() => setPlan(null)}>Back</Button>}
        {saving.state === "failed" && (
          <p role="alert" className="w-full text-xs text-bad">
            {saving.message}
          </p>
        )}
      </div>
    </form>
  );
}

function Plan({ plan, asked }: { plan: ResendPlan; asked: ResendCreate }) {
  if (isNothing(plan)) {
    return <Notice tone="warn">Nothing matches: change the query, then look again.</Notice>;
  }
  return (
    <section
      role="status"
      aria-label="Plan"
      className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-2"
    >
      {planWords(plan, { ratePerSecond: asked.ratePerSecond ?? null }).map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p>
        {plan.name === null ? "To" : "Through"}{" "}
        <span className="wire wrap-anywhere">{plan.name ?? plan.to}</span>. Nothing has been sent
        yet.
      </p>
    </section>
  );
}

const isNothing = ({ requests, isExact }: ResendPlan) => requests === 0 && isExact;

const sendableWords = ({ requests, incomplete, isExact }: ResendPlan) =>
  isExact ? requestsWord(requests - incomplete) : "them all";

/** What is no number goes as one that is none, so that the API's own words stand beside the field. */
function inputOf(values: Values, ids: readonly string[] | null): ResendCreate {
  const number = (text: string) => Number(text.trim() || Number.NaN);
  return {
    ...(ids ? { ids: [...ids] } : { q: values.q.trim() }),
    ...(values.via === "" ? { to: values.to.trim() } : { to: "listener", name: values.via }),
    append: values.append,
    resign: values.resign,
    ordered: values.ordered,
    ratePerSecond: values.ratePerSecond.trim() === "" ? null : number(values.ratePerSecond),
    ...(values.via === "" && { retry: { maxAttempts: number(values.maxAttempts) } }),
  };
}
