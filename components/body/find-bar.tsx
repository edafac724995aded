"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Input } from "#components/ui/field.tsx";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { FOUND_MAX, QUERY_CHARS_MAX } from "./find.ts";
import type { Find } from "./use-find.ts";

type FindBarProps = {
  find: Find;
  onClose: () => void;
  /** Why nothing can be found, such as a half-typed byte. */
  fault?: string | null;
  placeholder?: string;
  children?: ReactNode;
};

/** What to find, how often it is there, and steps from one place to the next. */
export function FindBar({ find, onClose, fault = null, placeholder, children }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const count = find.found?.offsets.length ?? 0;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") find.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-sunken px-3 py-1">
      <div className="min-w-40 flex-1 sm:max-w-80">
        <Input
          ref={field}
          onKeyDown={onKeyDown}
          wire
          type="search"
          aria-label="Find in the body"
          aria-invalid={fault !== null}
          placeholder={placeholder ?? "Find in the body"}
          maxLength={QUERY_CHARS_MAX}
          autoComplete="off"
          spellCheck={false}
          value={find.query}
          onChange={(event) => find.setQuery(event.currentTarget.value)}
        />
      </div>
      {children}
      <span role="status" className="min-w-20 text-xs text-muted">
        {fault ?? words(find)}
      </span>
      <div className="ml-auto flex">
        <IconButton
          icon={ArrowUp}
          label="Previous place"
          disabled={count === 0}
          onClick={() => find.step(-1)}
        />
        <IconButton
          icon={ArrowDown}
          label="Next place"
          disabled={count === 0}
          onClick={() => find.step(1)}
        />
        <IconButton icon={X} label="Close find" onClick={onClose} />
      </div>
    </search>
  );
}

function words({ query, found, current }: Find): string {
  if (query === "") return "";
  if (!found) return "Searching …";
  const count = found.offsets.length;
  if (count === 0) return "Not found";
  const all = found.isCut ? `more than ${formatCount(FOUND_MAX)}` : formatCount(count);
  return `${formatCount(current + 1)} of ${all}`;
}
