"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, use } from "react";
import type { PlainField } from "#lib/search/query.ts";
import { ValueFilterContext } from "./value-filter.ts";

type FilterValueProps = {
  field: PlainField;
  value: string;
  className?: string;
  children: ReactNode;
};

/** A value within a line that filters the list by a press, and can be selected like any other text. */
export function FilterValue({ field, value, className, children }: FilterValueProps) {
  const open = use(ValueFilterContext);
  if (!open) return <span className={className}>{children}</span>;
  const ask = (anchor: HTMLElement) => open(anchor, { seen: { field, value }, text: value });
  return (
    // No button: the text of one can't be selected everywhere.
    <span
      role="button"
      tabIndex={0}
      aria-haspopup="menu"
      className={clsx(
        "touch-around cursor-pointer rounded-sm decoration-faint decoration-dotted underline-offset-3 hover:underline",
        className,
      )}
      onClick={(event) => {
        if (getSelection()?.isCollapsed !== false) ask(event.currentTarget);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        ask(event.currentTarget);
      }}
    >
      {children}
    </span>
  );
}
