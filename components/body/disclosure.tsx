"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";

type DisclosureProps = {
  summary: string;
  open?: boolean;
  onToggle?: (isOpen: boolean) => void;
  className?: string;
  children: ReactNode;
};

/** A line that opens what is beneath it, which is not made before: what folds away is often the largest. */
export function Disclosure({
  summary,
  open = false,
  onToggle,
  className,
  children,
}: DisclosureProps) {
  const [isMade, setMade] = useState(open);
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setMade(true);
        onToggle?.(currentTarget.open);
      }}
      className={clsx("group/disclosure", className)}
    >
      <summary className="touch-target flex cursor-pointer list-none items-center gap-1.5 text-xs text-muted hover:text-ink">
        <ChevronRight
          size={13}
          aria-hidden
          className="shrink-0 text-faint transition-transform duration-100 group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      {isMade && children}
    </details>
  );
}
