"use client";

import { clsx } from "clsx";
import { RowTime } from "#components/ui/time.tsx";
import type { Scenario } from "#lib/contract/scenarios.ts";

type ScenarioListProps = {
  items: readonly Scenario[];
  openId: string | null;
  onOpen: (id: string) => void;
};

/** By name, with what came of the last run. */
export function ScenarioList({ items, openId, onOpen }: ScenarioListProps) {
  if (items.length === 0) {
    return (
      <p className="text-xs text-muted">
        A scenario sends an event to your app, checks what it answers, and asks your API what became
        of it.
      </p>
    );
  }
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map(({ id, name, lastRun }) => (
        <li key={id}>
          <button
            type="button"
            aria-current={id === openId}
            onClick={() => onOpen(id)}
            className={clsx(
              "touch-target flex w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover",
              id === openId && "bg-accent-soft",
            )}
          >
            <span className="min-w-0 flex-1 wrap-anywhere">
              <bdi>{name}</bdi>
            </span>
            {lastRun && (
              <span
                className={clsx("shrink-0 text-2xs", lastRun.passed ? "text-good" : "text-bad")}
              >
                {lastRun.passed ? "✓ passed" : "✕ failed"} <RowTime at={lastRun.startedAt} />
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
