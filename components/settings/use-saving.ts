"use client";

import { useCallback, useState } from "react";
import { ApiError } from "#lib/contract/client.ts";
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
      const message = error instanceof Error ? error.message : String(error);
      const fields = error instanceof ApiError ? error.errors : [];
      setSaving({ state: "failed", message, fields });
    }
  }, []);
  const touch = useCallback(() => setSaving(idle), []);
  return { saving, run, touch };
}
