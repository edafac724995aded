"use client";

import { Plus, X } from "lucide-react";
import { HeaderInputs } from "#components/edit/header-inputs.tsx";
import { type HeaderRow, newRow, withoutRow, withRow } from "#components/edit/header-row.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isStrippedHeader } from "#lib/contract/answer-headers.ts";
import type { AnswerErrors } from "./answer-draft.ts";

type HeaderRowsProps = {
  rows: readonly HeaderRow[];
  errors: AnswerErrors;
  onChange: (rows: HeaderRow[]) => void;
};

/** Headers as rows, sent in this order. */
export function HeaderRows({ rows, errors, onChange }: HeaderRowsProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs font-medium text-muted">Headers</legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex items-start gap-2">
          <HeaderInputs
            row={row}
            number={index + 1}
            error={errors.rows[row.id]}
            hint={isStrippedHeader(row.name) ? "Kept, but never sent on this host" : undefined}
            onChange={(changed) => onChange(withRow(rows, changed))}
          />
          <IconButton
            icon={X}
            label={`Remove header ${index + 1}`}
            onClick={() => onChange(withoutRow(rows, row.id))}
          />
        </div>
      ))}
      {errors.headers && (
        <p role="alert" className="text-xs text-bad">
          {errors.headers}
        </p>
      )}
      <Button size="sm" className="self-start" onClick={() => onChange([...rows, newRow(rows)])}>
        <Plus size={14} aria-hidden />
        Add a header
      </Button>
    </fieldset>
  );
}
