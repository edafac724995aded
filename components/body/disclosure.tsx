import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type DisclosureProps = {
  summary: string;
  open?: boolean;
  onToggle?: (isOpen: boolean) => void;
  className?: string;
  children: ReactNode;
};

/** A line that opens what is beneath it. */
export function Disclosure({
  summary,
  open = false,
  onToggle,
  className,
  children,
}: DisclosureProps) {
  return (
    <details
      open={open}
      onToggle={onToggle && ((event) => onToggle(event.currentTarget.open))}
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
      {children}
    </details>
  );
}
