"use client";

import { useEffect, useRef, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { SaveRow } from "#components/settings/save-row.tsx";
import { useForm } from "#components/settings/use-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, TextArea } from "#components/ui/field.tsx";
import { rememberFocus } from "#components/ui/focus-return.ts";
import type { DestinationCreate } from "#lib/contract/destinations.ts";
import { type FormValues, settingsOf } from "./form-values.ts";
import { QueryField } from "./query-field.tsx";

type DestinationFormProps = {
  values: FormValues;
  action: string;
  onSave: (input: DestinationCreate) => Promise<void>;
  onCancel: () => void;
};

/** Where requests go, which, and how stubbornly. */
export function DestinationForm({ values: first, action, onSave, onCancel }: DestinationFormProps) {
  const { values, saving, run, errorOf, text, flag } = useForm(first);
  const form = useRef<HTMLFormElement>(null);
  // While it is drawn: what it was opened by may be gone once it is there.
  const [giveBack] = useState(rememberFocus);
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
    return () => void setTimeout(giveBack);
  }, [giveBack]);
  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => onSave(settingsOf(values)));
      }}
    >
      <Field label="Send to" error={errorOf("/url")}>
        <Input
          wire
          inputMode="url"
          placeholder="https://api.example.com/webhooks"
          {...text("url")}
        />
      </Field>
      <QueryField
        all="every request"
        placeholder="provider:stripe event:payment_intent.*"
        error={errorOf("/q")}
        input={text("q")}
      />
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {flag("append", "Append the captured path and query")}
        {flag("resign", "Sign again")}
        {flag("ordered", "In strict order")}
      </div>
      <Disclosure summary="Retries, speed, headers">
        <div className="grid gap-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">
          <Field label="Attempts at most" error={errorOf("/retry/maxAttempts")}>
            <Input inputMode="numeric" {...text("maxAttempts")} />
          </Field>
          <Field label="Given up after, hours" error={errorOf("/retry/maxAgeSeconds")}>
            <Input inputMode="decimal" {...text("maxAgeHours")} />
          </Field>
          <Field
            label="Delivered with"
            hint="Statuses or classes: 2xx, 409"
            error={errorOf("/retry/success")}
          >
            <Input wire {...text("success")} />
          </Field>
          <Field
            label="First pause, seconds"
            hint="Each is twice as long as the one before"
            error={errorOf("/retry/firstDelaySeconds")}
          >
            <Input inputMode="decimal" {...text("firstDelaySeconds")} />
          </Field>
          <Field label="Longest pause, seconds" error={errorOf("/retry/maxDelaySeconds")}>
            <Input inputMode="decimal" {...text("maxDelaySeconds")} />
          </Field>
          <Field
            label="Per second at most"
            hint="Empty: as fast as it answers"
            error={errorOf("/ratePerSecond")}
          >
            <Input inputMode="decimal" {...text("ratePerSecond")} />
          </Field>
          <Field
            label="Pause after failures in a row"
            hint="0: never. Nothing is lost while it pauses"
            error={errorOf("/breaker/failures")}
          >
            <Input inputMode="numeric" {...text("failures")} />
          </Field>
          <Field label="Then one try every, seconds" error={errorOf("/breaker/probeSeconds")}>
            <Input inputMode="decimal" {...text("probeSeconds")} />
          </Field>
          <Field
            label="Headers left out"
            hint="Names, by commas"
            error={errorOf("/headers/remove")}
          >
            <Input wire {...text("remove")} />
          </Field>
          <Field
            label="Headers added"
            hint="Name: value, a line each. Values are kept sealed and not shown again: dots keep one"
            error={errorOf("/headers/add")}
            className="sm:col-span-2 lg:col-span-3"
          >
            <TextArea wire rows={3} {...text("add")} />
          </Field>
        </div>
      </Disclosure>
      <SaveRow saving={saving} action={action}>
        <Button onClick={onCancel}>Cancel</Button>
      </SaveRow>
    </form>
  );
}
