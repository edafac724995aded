"use client";

import type { RefObject } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

type SharedKeys = {
  items: readonly RequestSummary[];
  summary: RequestSummary | null;
  open: (request: RequestSummary) => void;
  list: RefObject<HTMLElement | null>;
  filter: RefObject<HTMLElement | null>;
  /** Null when there is nothing to leave. */
  leave: (() => void) | null;
};

/** The keys of a share's page: those of a bin's that change nothing. */
export function useSharedKeys({ items, summary, open, list, filter, leave }: SharedKeys): void {
  const move = (rows: number) => {
    const at = summary ? items.findIndex(({ seq }) => seq === summary.seq) : -1;
    const next = items[Math.max(0, Math.min(items.length - 1, at + rows))];
    if (next) open(next);
  };
  const within = () => list.current;
  useCommands([
    { id: "next", name: "Next request", group: "List", keys: ["j"], run: () => move(1) },
    { id: "previous", name: "Previous request", group: "List", keys: ["k"], run: () => move(-1) },
    { id: "down", name: "Down", group: "List", within, keys: ["ArrowDown"], run: () => move(1) },
    { id: "up", name: "Up", group: "List", within, keys: ["ArrowUp"], run: () => move(-1) },
    {
      id: "leave",
      name: "Back to the list",
      group: "List",
      keys: ["Escape"],
      isOn: leave !== null,
      run: () => leave?.(),
    },
    {
      id: "filter",
      name: "Filter requests",
      group: "List",
      keys: ["/"],
      run: () => filter.current?.focus(),
    },
  ]);
}
