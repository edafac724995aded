"use client";

import { useCallback, useState } from "react";
import { ApiError } from "#lib/contract/calls.ts";
import { messageOf } from "#lib/message-of.ts";
import type { FieldError } from "#lib/errors.ts";

export type Saving =
  | { state: "idle" | "running" | "saved"; fields: readonly FieldError[] }
  | { state: "failed"; message: string; fields: readonly FieldError[] };

const idle: Saving = { state: "idle", fields: [] };

/** Runs a save and keeps what became of it; `touch` is for when the form changes again. */
export function useSaving() {
  const [saving, setSaving] = useState<Saving>(idle);
  const run = useCallback(async (save: () => Promise<void>): Promise<void> => {
    setSaving({ state: "running", fields: [] });
    try {
      await save();
      setSaving({ state: "saved", fields: [] });
    } catch (error) {
      const fields = error instanceof ApiError ? error.errors : [];
      setSaving({ state: "failed", message: wordsOf(error, fields), fields });
    }
  }, []);
  const touch = useCallback(() => setSaving(idle), []);
  return { saving, run, touch };
}

/** What is wrong with a field stands beside it, where the API's own words for it would only point to. */
function wordsOf(error: unknown, fields: readonly FieldError[]): string {
  if (fields.length > 0) return "Not saved: see above.";
  return messageOf(error);
}
