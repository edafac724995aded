import type { HeaderRow, RowErrors } from "#components/edit/header-row.ts";
import type { Answer, AnswerPatch } from "#lib/contract/answer.ts";
import type { FieldError } from "#lib/errors.ts";

/** A bin's answer as it is being typed. */
export type AnswerDraft = {
  status: string;
  delayMs: string;
  headers: HeaderRow[];
  /** Null for a body that is no text: it stays as it is until it is replaced. */
  body: string | null;
};

/** What is wrong, by field. */
export type AnswerErrors = {
  status?: string;
  delayMs?: string;
  body?: string;
  headers?: string;
  rows: RowErrors;
};

export function toDraft(answer: Answer): AnswerDraft {
  return {
    status: String(answer.status),
    delayMs: String(answer.delayMs),
    headers: answer.headers.map(([name, value], id) => ({ id, name, value })),
    body: answer.body ?? null,
  };
}

/** The patch that sets the draft, or what keeps it from being one. Rows without name and value are left out. */
export function toPatch(
  draft: AnswerDraft,
): { patch: AnswerPatch; rowIds: number[] } | { errors: AnswerErrors } {
  const status = wholeNumber(draft.status);
  const delayMs = wholeNumber(draft.delayMs);
  if (status === null || delayMs === null) {
    const errors: AnswerErrors = { rows: {} };
    if (status === null) errors.status = "A status is a whole number, 200 to 599";
    if (delayMs === null) errors.delayMs = "A delay is a whole number of milliseconds";
    return { errors };
  }
  const rows = draft.headers.filter(({ name, value }) => name !== "" || value !== "");
  return {
    patch: {
      status,
      delayMs,
      headers: rows.map(({ name, value }) => [name, value]),
      ...(draft.body === null ? {} : { body: draft.body }),
    },
    rowIds: rows.map(({ id }) => id),
  };
}

/** Puts the API's complaints beside the fields that they are about. Pointers look like `/response/headers/2/1`. */
export function toErrors(problems: readonly FieldError[], rowIds: readonly number[]): AnswerErrors {
  const errors: AnswerErrors = { rows: {} };
  for (const { pointer, detail } of problems) {
    const [field, row, part] = pointer.split("/").slice(2);
    const id = row === undefined ? undefined : rowIds[Number(row)];
    if (field === "status" || field === "delayMs") errors[field] ??= detail;
    else if (field === "body" || field === "bodyBase64") errors.body ??= detail;
    else if (id === undefined) errors.headers ??= detail;
    else errors.rows[id] = { ...errors.rows[id], [part === "1" ? "value" : "name"]: detail };
  }
  return errors;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}
