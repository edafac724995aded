"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isStrippedHeader } from "#lib/contract/answer-headers.ts";
import type { AnswerErrors, HeaderDraft } from "./answer-draft.ts";

type HeaderRowsProps = {
  rows: readonly HeaderDraft[];
  errors: AnswerErrors;
  onChange: (rows: HeaderDraft[]) => void;
};

/** Headers as rows, sent in this order. */
export function HeaderRows({ rows, errors, onChange }: HeaderRowsProps) {
  const replace = (changed: HeaderDraft) =>
    onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  const nextId = rows.reduce((max, row) => Math.max(max, row.id), -1) + 1;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs font-medium text-muted">Headers</legend>
      {rows.map((row, index) => (
        <HeaderRow
          key={row.id}
          row={row}
          number={index + 1}
          error={errors.rows[row.id]}
          onChange={replace}
          onRemove={() => onChange(rows.filter((other) => other.id !== row.id))}
        />
      ))}
      {errors.headers && (
        <p role="alert" className="text-xs text-bad">
          {errors.headers}
        </p>
      )}
      <Button
        size="sm"
        className="self-start"
        onClick={() => onChange([...rows, { id: nextId, name: "", value: "" }])}
      >
        <Plus size={14} aria-hidden />
        Add a header
      </Button>
    </fieldset>
  );
}

type HeaderRowProps = {
  row: HeaderDraft;
  number: number;
  error: { name?: string; value?: string } | undefined;
  onChange: (row: HeaderDraft) => void;
  onRemove: () => void;
};

function HeaderRow({ row, number, error, onChange, onRemove }: HeaderRowProps) {
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Field
          label={<span className="sr-only">Name of header {number}</span>}
          hint={isStrippedHeader(row.name) ? "Kept, but never sent on this host" : undefined}
          error={error?.name}
        >
          <Input
            wire
            value={row.name}
            placeholder="Name"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...row, name: event.target.value })}
          />
        </Field>
        <Field
          label={<span className="sr-only">Value of header {number}</span>}
          error={error?.value}
        >
          <Input
            wire
            value={row.value}
            placeholder="Value"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...row, value: event.target.value })}
          />
        </Field>
      </div>
      <IconButton icon={X} label={`Remove header ${number}`} onClick={onRemove} className="mt-1" />
    </div>
  );
}
