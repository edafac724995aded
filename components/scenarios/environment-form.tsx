"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { SaveRow } from "#components/settings/save-row.tsx";
import { useSaving } from "#components/settings/use-saving.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { Environment, EnvironmentPut } from "#lib/contract/scenarios.ts";

/** `value` null: a secret one whose kept value stays. */
type Row = { id: number; name: string; value: string | null; secret: boolean };

type EnvironmentFormProps = {
  name: string;
  /** Null: nothing of it is kept yet. */
  kept: Environment | null;
  onSave: (input: EnvironmentPut) => Promise<Environment>;
  onRemove: () => Promise<void>;
};

const rowsOf = (kept: Environment | null): Row[] =>
  (kept?.variables ?? [{ name: "app", value: "", secret: false }]).map((variable, id) => ({
    id,
    ...variable,
  }));

/** The variables of one environment. */
export function EnvironmentForm({ name, kept, onSave, onRemove }: EnvironmentFormProps) {
  const [rows, setRows] = useState(() => rowsOf(kept));
  const [isRemoving, setRemoving] = useState(false);
  const { saving, run, touch } = useSaving();
  const change = (next: Row[]) => {
    setRows(next);
    touch();
  };
  const replace = (changed: Row) =>
    change(rows.map((row) => (row.id === changed.id ? changed : row)));
  const errorOf = (index: number, part: string) =>
    saving.fields.find(({ pointer }) => pointer === `/variables/${index}/${part}`)?.detail;

  async function save() {
    const variables = rows
      .filter((row) => row.name !== "" || (row.value ?? "") !== "")
      .map((row) => ({
        name: row.name,
        secret: row.secret,
        ...(row.value !== null && { value: row.value }),
      }));
    setRows(rowsOf(await onSave({ variables })));
  }

  return (
    <form
      noValidate
      aria-label={`Environment ${name}`}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <h3 className="font-medium">
        <bdi>{name}</bdi>
      </h3>
      {rows.map((row, index) => (
        <VariableRow
          key={row.id}
          row={row}
          number={index + 1}
          errors={{ name: errorOf(index, "name"), value: errorOf(index, "value") }}
          onChange={replace}
          onRemove={() => change(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      <SaveRow saving={saving} action="Save">
        <Button
          onClick={() =>
            change([
              ...rows,
              {
                id: Math.max(-1, ...rows.map(({ id }) => id)) + 1,
                name: "",
                value: "",
                secret: false,
              },
            ])
          }
        >
          <Plus size={14} aria-hidden />
          Add a variable
        </Button>
        <Button
          variant="careful"
          className="ml-auto"
          onClick={() => (kept ? setRemoving(true) : void run(onRemove))}
        >
          Remove {name}
        </Button>
      </SaveRow>
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          description="Its variables are removed. The values of secret ones can’t be read, so have them elsewhere. This can’t be undone."
          action="Remove environment"
          onConfirm={onRemove}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

type VariableRowProps = {
  row: Row;
  number: number;
  errors: { name: string | undefined; value: string | undefined };
  onChange: (row: Row) => void;
  onRemove: () => void;
};

function VariableRow({ row, number, errors, onChange, onRemove }: VariableRowProps) {
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,4fr)_auto]">
        <Field
          label={<span className="sr-only">Name of variable {number}</span>}
          error={errors.name}
        >
          <Input
            wire
            value={row.name}
            placeholder="name"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...row, name: event.target.value })}
          />
        </Field>
        <Field
          label={<span className="sr-only">Value of variable {number}</span>}
          error={errors.value}
        >
          <Input
            wire
            type={row.secret ? "password" : "text"}
            value={row.value ?? ""}
            placeholder={row.value === null ? "kept; type to replace it" : "value"}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...row, value: event.target.value })}
          />
        </Field>
        <Switch
          checked={row.secret}
          onChange={(secret) => onChange({ ...row, secret, value: row.value ?? "" })}
        >
          <span className="text-xs">Secret</span>
        </Switch>
      </div>
      <IconButton
        icon={X}
        label={`Remove variable ${number}`}
        onClick={onRemove}
        className="mt-1"
      />
    </div>
  );
}
