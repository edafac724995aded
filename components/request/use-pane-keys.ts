"use client";

import { useCommands } from "#components/commands/use-commands.ts";

const names: Record<string, string> = {
  "1": "Show the body",
  "2": "Show the headers",
  "3": "Show the query",
  "4": "Show the timing",
  "5": "Show the forwards",
  "6": "Show the raw message",
  "7": "Show the deliveries of its event",
  "8": "Show the signature",
  c: "Copy as …",
  d: "Show values decoded, or as sent",
  f: "Forward",
  N: "Write a note",
  Delete: "Delete",
};

/** Single keys for the pane, wherever the focus is, except in a field or behind a dialog. */
export function usePaneKeys(keys: Record<string, () => void>): void {
  useCommands(
    Object.entries(keys).map(([key, run]) => ({
      id: `request-${key}`,
      name: names[key] ?? key,
      group: "Request",
      keys: [key],
      run,
    })),
  );
}
