import { clsx } from "clsx";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Saving } from "./use-saving.ts";

type SaveRowProps = {
  saving: Saving;
  action: string;
  className?: string;
  children?: ReactNode;
};

/** The button of a form, and what became of it. */
export function SaveRow({ saving, action, className, children }: SaveRowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (saving.state === "failed") showMistake(row.current);
  }, [saving]);
  return (
    <div ref={row} className={clsx("flex flex-wrap items-center gap-3", className)}>
      <Button type="submit" variant="primary" disabled={saving.state === "running"}>
        {action}
      </Button>
      {children}
      <span role="status" className="text-xs text-good">
        {saving.state === "saved" && "Saved"}
      </span>
      {saving.state === "failed" && (
        <p role="alert" className="w-full text-xs text-bad">
          {saving.message}
        </p>
      )}
    </div>
  );
}

/** Leads to the first field that is wrong, which may be folded away. */
function showMistake(row: HTMLElement | null): void {
  const field = row?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]");
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus();
}
