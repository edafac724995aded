import type { ReactNode } from "react";

type EmptyStateProps = { title: string; children?: ReactNode; actions?: ReactNode };

/** A place with nothing to show: what happened, why, and what to do. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      <h2 className="text-md font-semibold">{title}</h2>
      {children && <div className="text-muted">{children}</div>}
      {actions && <div className="mt-3 flex w-full flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
