import { clsx } from "clsx";
import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  /** It is all that the page has to say, so its title is the page's. */
  page?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
};

/** A place with nothing to show: what happened, why, and what to do. */
export function EmptyState({ title, page = false, children, actions }: EmptyStateProps) {
  const Title = page ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      <Title className={clsx("font-semibold", page ? "text-xl tracking-tight" : "text-md")}>
        {title}
      </Title>
      {children && <div className="text-muted">{children}</div>}
      {actions && <div className="mt-3 flex w-full flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
