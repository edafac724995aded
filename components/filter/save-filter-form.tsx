"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { ApiError } from "#lib/contract/calls.ts";
import type { SavedFilters } from "./use-saved-filters.ts";

type SaveFilterFormProps = { query: string; saved: SavedFilters };

/** The present filter under a name; under one that is taken, in its place if a person says so. */
export function SaveFilterForm({ query, saved }: SaveFilterFormProps) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // After the popup has taken the focus.
  useEffect(() => field.current?.focus(), []);
  const taken = saved.filters.find(
    (filter) => filter.name.toLowerCase() === name.trim().toLowerCase(),
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaving(true);
    setProblem(null);
    try {
      await (taken ? saved.replace(taken.id, query) : saved.save(name, query));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="border-b border-line p-3">
      <p className="mb-2 max-h-16 overflow-hidden wrap-anywhere">
        <WireText text={query} />
      </p>
      <Field label="Save this filter as" error={problem?.errors[0]?.detail ?? problem?.message}>
        <div className="flex gap-2">
          <Input
            value={name}
            maxLength={60}
            required
            autoComplete="off"
            ref={field}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" variant="primary" disabled={isSaving}>
            {taken ? "Replace" : "Save"}
          </Button>
        </div>
      </Field>
      {taken && (
        <p className="mt-1 text-xs text-muted">
          There is one of that name: it will be this filter from then on.
        </p>
      )}
    </form>
  );
}
