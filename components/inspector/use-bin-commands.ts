"use client";

import type { Command } from "#components/commands/command.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { chooseTheme } from "#components/shell/theme.ts";

/** What the commands of a bin's page do; each key is named in one place, below. */
export type BinActions = {
  list: () => Element | null;
  /** By so many rows; positive is down. */
  move: (rows: number) => void;
  toStart: () => void;
  toEnd: () => void;
  enter: () => void;
  /** Null when there is nothing to leave. */
  leave: (() => void) | null;
  mark: (() => void) | null;
  pin: (() => void) | null;
  label: (() => void) | null;
  remove: (() => void) | null;
  undo: (() => void) | null;
  readAll: (() => void) | null;
  clear: (() => void) | null;
  filter: () => void;
  follow: () => void;
  pause: () => void;
  copyUrl: () => void;
  switchBin: () => void;
  share: () => void;
  transfer: (which: "export" | "import" | "shares") => void;
  localhost: () => void;
  sample: () => void;
  settings: () => void;
  scenarios: () => void;
  destinations: () => void;
  shapes: () => void;
  resend: () => void;
};

const PAGE_ROWS = 10;

export function useBinCommands(act: BinActions): void {
  const inList = { group: "List", within: act.list } as const;
  const maybe = (run: (() => void) | null) => ({ isOn: run !== null, run: run ?? (() => {}) });
  const commands: Command[] = [
    { id: "next", name: "Next request", group: "List", keys: ["j"], run: () => act.move(1) },
    {
      id: "previous",
      name: "Previous request",
      group: "List",
      keys: ["k"],
      run: () => act.move(-1),
    },
    { id: "down", name: "Down", ...inList, keys: ["ArrowDown"], run: () => act.move(1) },
    { id: "up", name: "Up", ...inList, keys: ["ArrowUp"], run: () => act.move(-1) },
    {
      id: "page-down",
      name: "Ten down",
      ...inList,
      keys: ["PageDown"],
      run: () => act.move(PAGE_ROWS),
    },
    { id: "page-up", name: "Ten up", ...inList, keys: ["PageUp"], run: () => act.move(-PAGE_ROWS) },
    { id: "newest", name: "To the newest", ...inList, keys: ["Home"], run: act.toStart },
    { id: "oldest", name: "To the oldest", ...inList, keys: ["End"], run: act.toEnd },
    { id: "enter", name: "Into the request", ...inList, keys: ["Enter"], run: act.enter },
    { id: "leave", name: "Back to the list", group: "List", keys: ["Escape"], ...maybe(act.leave) },
    { id: "filter", name: "Filter requests", group: "List", keys: ["/"], run: act.filter },
    {
      id: "mark",
      name: "Add to the selection, or take out",
      group: "List",
      keys: ["x"],
      ...maybe(act.mark),
    },
    { id: "pin", name: "Pin selected, or unpin", group: "List", keys: ["P"], ...maybe(act.pin) },
    { id: "label", name: "Label selected", group: "List", keys: ["L"], ...maybe(act.label) },
    {
      id: "remove",
      name: "Delete selected",
      group: "List",
      keys: ["Backspace"],
      ...maybe(act.remove),
    },
    { id: "undo", name: "Undo the deletion", group: "List", keys: ["z"], ...maybe(act.undo) },
    {
      id: "follow",
      name: "Follow the newest, or stop",
      group: "List",
      keys: ["n"],
      run: act.follow,
    },
    { id: "pause", name: "Pause the list, or resume", group: "List", keys: ["p"], run: act.pause },
    { id: "read", name: "Mark all as read", group: "List", keys: ["r"], ...maybe(act.readAll) },
    { id: "clear", name: "Clear all requests", group: "Bin", keys: [], ...maybe(act.clear) },
    { id: "url", name: "Copy the capture URL", group: "Bin", keys: ["u"], run: act.copyUrl },
    { id: "bins", name: "Switch to another bin", group: "Bin", keys: ["b"], run: act.switchBin },
    { id: "share", name: "Make a private link", group: "Bin", keys: [], run: act.share },
    {
      id: "shares",
      name: "Share to look at",
      group: "Bin",
      keys: ["s"],
      run: () => act.transfer("shares"),
    },
    {
      id: "export",
      name: "Export requests to a file",
      group: "Bin",
      keys: [],
      run: () => act.transfer("export"),
    },
    {
      id: "import",
      name: "Import requests from a file",
      group: "Bin",
      keys: [],
      run: () => act.transfer("import"),
    },
    {
      id: "localhost",
      name: "Forward to localhost: listeners",
      group: "Bin",
      keys: ["l"],
      run: act.localhost,
    },
    { id: "sample", name: "Send a sample event", group: "Bin", keys: [], run: act.sample },
    {
      id: "shapes",
      name: "Shapes: types of events, schemas to check by",
      group: "Bin",
      keys: [],
      run: act.shapes,
    },
    {
      id: "destinations",
      name: "Destinations: where requests go by themselves",
      group: "Bin",
      keys: [],
      run: act.destinations,
    },
    {
      id: "resend",
      name: "Resend many: all that match the filter",
      group: "Bin",
      keys: [],
      run: act.resend,
    },
    {
      id: "scenarios",
      name: "Scenarios: send, check, call",
      group: "Bin",
      keys: [],
      run: act.scenarios,
    },
    { id: "settings", name: "Settings of this bin", group: "Bin", keys: [","], run: act.settings },
    { id: "light", name: "Light theme", group: "Page", keys: [], run: () => chooseTheme("light") },
    { id: "dark", name: "Dark theme", group: "Page", keys: [], run: () => chooseTheme("dark") },
    {
      id: "system",
      name: "Theme of the system",
      group: "Page",
      keys: [],
      run: () => chooseTheme("system"),
    },
  ];
  useCommands(commands);
}
