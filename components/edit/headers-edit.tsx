"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { moveRow } from "./edited.ts";
import { HeaderInputs } from "./header-inputs.tsx";
import { type HeaderRow, newRow, type RowErrors, withoutRow, withRow } from "./header-row.ts";

type HeadersEditProps = {
  rows: readonly HeaderRow[];
  errors: RowErrors;
  onChange: (rows: HeaderRow[]) => void;
};

/** Headers as rows, sent in this order, as often as they stand here. */
export function HeadersEdit({ rows, errors, onChange }: HeadersEditProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    const names = list.current?.querySelectorAll<HTMLInputElement>('input[data-part="name"]');
    names?.item(names.length - 1).focus();
  });
  const add = () => {
    isAdding.current = true;
    onChange([...rows, newRow(rows)]);
  };
  return (
    <fieldset ref={list} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-xs font-medium text-muted">
        Headers{" "}
        <span className="font-normal text-faint pointer-coarse:hidden">
          in the order of sending; Alt with an arrow moves one
        </span>
      </legend>
      {rows.map((row, index) => (
        <Row
          key={row.id}
          row={row}
          number={index + 1}
          count={rows.length}
          error={errors[row.id]}
          onChange={(next) => onChange(withRow(rows, next))}
          onMove={(by) => onChange(moveRow(rows, row.id, by))}
          onRemove={() => onChange(withoutRow(rows, row.id))}
        />
      ))}
      <Button size="sm" className="self-start" onClick={add}>
        <Plus size={14} aria-hidden />
        Add a header
      </Button>
    </fieldset>
  );
}

type RowProps = {
  row: HeaderRow;
  number: number;
  count: number;
  error: RowErrors[number] | undefined;
  onChange: (row: HeaderRow) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

function Row({ row, number, count, error, onChange, onMove, onRemove }: RowProps) {
  function moveByKey(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  }
  return (
    <div role="group" aria-label={`Header ${number}`} className="flex items-start gap-1">
      <HeaderInputs
        row={row}
        number={number}
        error={error}
        onChange={onChange}
        onKeyDown={moveByKey}
      />
      <div className="flex max-sm:flex-col">
        <IconButton
          icon={ArrowUp}
          label={`Move header ${number} up`}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        />
        <IconButton
          icon={ArrowDown}
          label={`Move header ${number} down`}
          disabled={number === count}
          onClick={() => onMove(1)}
        />
      </div>
      <IconButton icon={X} label={`Remove header ${number}`} onClick={onRemove} />
    </div>
  );
}
