"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";

type BinNameProps = { bin: Bin; api: ApiClient; onChanged: (bin: Bin) => void };

/** The bin's name; a click makes it a field, Enter keeps the change, Escape drops it. */
export function BinName({ bin, api, onChanged }: BinNameProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);

  // The field is gone: without this the browser drops the focus to the page's start.
  useLayoutEffect(() => {
    if (draft === null && wasOpen.current) button.current?.focus();
    wasOpen.current = draft !== null;
  }, [draft]);

  function close() {
    setDraft(null);
    setFailure(null);
  }

  async function keep() {
    const name = draft?.trim() || null;
    if (name === bin.name) return close();
    try {
      onChanged(await api.change(bin.id, { name }));
      close();
    } catch (error) {
      setFailure(
        error instanceof ApiError ? (error.errors[0]?.detail ?? error.message) : String(error),
      );
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === "Enter") void keep();
    if (event.key === "Escape") close();
  }

  if (draft === null) {
    return (
      <button
        ref={button}
        type="button"
        onClick={() => setDraft(bin.name ?? "")}
        className="touch-target min-w-0 cursor-text rounded-sm px-1.5 py-1 font-medium hover:bg-hover"
      >
        <span className={clsx("block truncate", !bin.name && "text-muted")}>
          {plainName(bin.name ?? "Unnamed bin")}
        </span>
        <span className="sr-only">rename</span>
      </button>
    );
  }
  return (
    <span className="relative min-w-0">
      <input
        autoFocus
        aria-label="Name of this bin"
        aria-invalid={failure !== null}
        aria-describedby={failure ? "bin-name-failure" : undefined}
        value={draft}
        maxLength={100}
        placeholder="Name this bin"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void keep()}
        className="touch-target h-8 w-44 max-w-full rounded-sm border border-accent bg-surface px-1.5 font-medium placeholder:text-faint focus-visible:outline-none"
      />
      {failure && (
        <span
          id="bin-name-failure"
          role="alert"
          className="absolute top-full left-0 z-30 mt-1 w-64 rounded-md bg-raised px-2 py-1 text-xs text-bad shadow-pop"
        >
          {failure}
        </span>
      )}
    </span>
  );
}
