import type { KeyboardEvent } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import type { HeaderRow, RowErrors } from "./header-row.ts";

type HeaderInputsProps = {
  row: HeaderRow;
  /** From 1. */
  number: number;
  error: RowErrors[number] | undefined;
  hint?: string | undefined;
  onChange: (row: HeaderRow) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

/** A header's name and value, beside each other where there is room. */
export function HeaderInputs({ row, number, error, hint, ...on }: HeaderInputsProps) {
  const input = (part: "name" | "value") => (
    <Input
      wire
      data-part={part}
      value={row[part]}
      placeholder={part === "name" ? "Name" : "Value"}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={on.onKeyDown}
      onChange={({ target }) => on.onChange({ ...row, [part]: target.value })}
    />
  );
  return (
    <div className="grid min-w-0 flex-1 gap-1 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:gap-2">
      <Field
        label={<span className="sr-only">Name of header {number}</span>}
        hint={hint}
        error={error?.name}
        className="gap-0!"
      >
        {input("name")}
      </Field>
      <Field
        label={<span className="sr-only">Value of header {number}</span>}
        error={error?.value}
        className="gap-0!"
      >
        {input("value")}
      </Field>
    </div>
  );
}
