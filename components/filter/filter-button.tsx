"use client";

import { ListFilter } from "lucide-react";
import { use } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type ShownValue, ValueFilterContext } from "./value-filter.ts";

type FilterButtonProps = {
  /** Made when it is asked for. */
  value: () => ShownValue;
  label: string;
  className?: string;
};

/** At the end of a row: the list filtered by the row's value. Nothing where there is no list. */
export function FilterButton({ value, label, className }: FilterButtonProps) {
  const open = use(ValueFilterContext);
  if (!open) return null;
  return (
    <IconButton
      icon={ListFilter}
      label={label}
      aria-haspopup="menu"
      onClick={(event) => open(event.currentTarget, value())}
      {...(className && { className })}
    />
  );
}
