"use client";

import { clsx } from "clsx";
import { Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { SavedFilter } from "#lib/contract/filters.ts";

type SavedFilterRowProps = {
  filter: SavedFilter;
  isCurrent: boolean;
  onUse: () => void;
  onRename: (name: string) => Promise<unknown>;
  onRemove: () => void;
};

export function SavedFilterRow(props: SavedFilterRowProps) {
  const { filter, isCurrent, onUse, onRename, onRemove } = props;
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <li>
        <RenameForm filter={filter} onRename={onRename} onEnd={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li className={clsx("flex items-center rounded-sm", isCurrent && "bg-accent-soft")}>
      <button
        type="button"
        aria-current={isCurrent || undefined}
        onClick={onUse}
        className="touch-target flex min-w-0 flex-1 cursor-pointer flex-col items-start rounded-sm px-2 py-1 text-left hover:bg-hover"
      >
        <span className="max-w-full truncate font-medium">{plainName(filter.name)}</span>
        <WireText text={filter.q} className="max-w-full truncate text-xs text-muted" />
      </button>
      <IconButton
        icon={Pencil}
        label={`Rename ${plainName(filter.name)}`}
        onClick={() => setRenaming(true)}
      />
      <IconButton icon={Trash2} label={`Remove ${plainName(filter.name)}`} onClick={onRemove} />
    </li>
  );
}

type RenameFormProps = Pick<SavedFilterRowProps, "filter" | "onRename"> & { onEnd: () => void };

function RenameForm({ filter, onRename, onEnd }: RenameFormProps) {
  const [name, setName] = useState(filter.name);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await onRename(name);
      onEnd();
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      setError(thrown.errors[0]?.detail ?? thrown.message);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="p-1">
      <Field label="Name" error={error}>
        <div className="flex gap-1">
          <Input
            value={name}
            maxLength={60}
            required
            // Its button has just been pressed.
            ref={focusOnce}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit">Rename</Button>
          <Button variant="quiet" onClick={onEnd}>
            Cancel
          </Button>
        </div>
      </Field>
    </form>
  );
}

const focusOnce = (element: HTMLInputElement | null) => element?.focus();
