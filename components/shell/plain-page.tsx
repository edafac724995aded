import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Mark, markClass } from "./mark.tsx";

type PlainPageProps = { title: string; actions: ReactNode; children: ReactNode };

/** A page that has one thing to say. It leads away by plain links: it may stand where a script has failed. */
export function PlainPage({ title, actions, children }: PlainPageProps) {
  return (
    <main className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center px-4">
        <a href="/" aria-label="Hooklens, home" className={markClass}>
          <Mark />
        </a>
      </header>
      <div className="flex flex-1 items-center">
        <EmptyState page title={title} actions={actions}>
          {children}
        </EmptyState>
      </div>
    </main>
  );
}

/** The way to the list of bins. */
export const yourBins = (
  <a href="/" className={buttonClass()}>
    Your bins
  </a>
);
