"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, TextArea } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Answer } from "#lib/contract/answer.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { AnswerPreview } from "./answer-preview.tsx";
import { type AnswerDraft, type AnswerErrors, toDraft, toErrors, toPatch } from "./answer-draft.ts";
import { HeaderRows } from "./header-rows.tsx";
import { SaveRow } from "./save-row.tsx";
import { useSaving } from "./use-saving.ts";

type AnswerFormProps = { bin: Bin; api: ApiClient; onChanged: (bin: Bin) => void };

const noErrors: AnswerErrors = { rows: {} };

/** What senders get back. */
export function AnswerForm({ bin, api, onChanged }: AnswerFormProps) {
  const [draft, setDraft] = useState<AnswerDraft>(() => toDraft(bin.response));
  const [errors, setErrors] = useState(noErrors);
  const { saving, run, touch } = useSaving();

  function change(part: Partial<AnswerDraft>) {
    setDraft((now) => ({ ...now, ...part }));
    setErrors(noErrors);
    touch();
  }

  function keep(changed: Bin) {
    setDraft(toDraft(changed.response));
    setErrors(noErrors);
    onChanged(changed);
  }

  async function save() {
    const made = toPatch(draft);
    if ("errors" in made) {
      setErrors(made.errors);
      throw new Error(NOT_SAVED);
    }
    try {
      keep(await api.change(bin.id, { response: made.patch }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.errors.length === 0) throw error;
      setErrors(toErrors(error.errors, made.rowIds));
      throw new Error(NOT_SAVED, { cause: error });
    }
  }

  return (
    <form
      className="grid gap-6 lg:grid-cols-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <div className="flex flex-wrap gap-4">
          <Field label="Status" error={errors.status} className="w-28">
            <Input
              wire
              inputMode="numeric"
              value={draft.status}
              onChange={(event) => change({ status: event.target.value })}
            />
          </Field>
          <Field label="Delay in ms" hint="0 to 30,000" error={errors.delayMs} className="w-36">
            <Input
              wire
              inputMode="numeric"
              value={draft.delayMs}
              onChange={(event) => change({ delayMs: event.target.value })}
            />
          </Field>
        </div>
        <HeaderRows
          rows={draft.headers}
          errors={errors}
          onChange={(headers) => change({ headers })}
        />
        <BodyField
          answer={bin.response}
          body={draft.body}
          error={errors.body}
          onChange={(body) => change({ body })}
        />
        <SaveRow saving={saving} action="Save answer">
          <Button
            variant="quiet"
            onClick={() => void run(async () => keep(await api.change(bin.id, { response: null })))}
          >
            Back to 200, empty
          </Button>
        </SaveRow>
      </div>
      <AnswerPreview
        draft={draft}
        bodyBytes={draft.body === null ? bytesIn(bin.response.bodyBase64 ?? "") : undefined}
      />
    </form>
  );
}

const NOT_SAVED = "Not saved: see the fields above.";

type BodyFieldProps = {
  answer: Answer;
  body: string | null;
  error: string | undefined;
  onChange: (body: string) => void;
};

function BodyField({ answer, body, error, onChange }: BodyFieldProps) {
  if (body === null) {
    return (
      <Notice actions={<Button onClick={() => onChange("")}>Replace by text</Button>}>
        The body is no text ({bytesIn(answer.bodyBase64 ?? "")} bytes, set through the API). It
        stays as it is.
      </Notice>
    );
  }
  return (
    <Field label="Body" hint="UTF-8, at most 256 KiB" error={error}>
      <TextArea
        wire
        rows={6}
        value={body}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function bytesIn(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0);
}
