import { clsx } from "clsx";
import type { ReactNode } from "react";
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
  return (
    <div className={clsx("flex flex-wrap items-center gap-3", className)}>
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
