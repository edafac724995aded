"use client";

import { type ReactNode, useEffect, useMemo, useState } from "react";
import { isPopupOpen } from "#components/ui/open-popup.ts";
import { type Command, commandFor, type Stroke } from "./command.ts";
import { createCommandStore } from "./command-store.ts";
import { HelpDialog } from "./help-dialog.tsx";
import { Palette } from "./palette.tsx";
import { CommandContext } from "./use-commands.ts";

/** Runs the commands of all within by their keys, and shows them in the palette and the help. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const store = useMemo(() => createCommandStore(), []);

  useEffect(() => {
    const own: Command[] = [
      {
        id: "palette",
        name: "Find a command",
        group: "Page",
        keys: ["Mod+k"],
        run: () => setOpen("palette"),
      },
      { id: "help", name: "Show all keys", group: "Page", keys: ["?"], run: () => setOpen("help") },
    ];
    const owner = Symbol("provider");
    store.set(owner, own);
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const command = commandFor(store.all(), strokeOf(event));
      if (!command) return;
      event.preventDefault();
      command.run();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => {
      store.remove(owner);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [store]);

  const toggle = (which: typeof open) => (isOpen: boolean) => setOpen(isOpen ? which : null);
  return (
    <CommandContext value={store}>
      {children}
      <Palette open={open === "palette"} onOpenChange={toggle("palette")} list={store.all} />
      <HelpDialog open={open === "help"} onOpenChange={toggle("help")} list={store.all} />
    </CommandContext>
  );
}

const FIELD = "input, textarea, select, [contenteditable]";

function strokeOf(event: KeyboardEvent): Stroke {
  return {
    key: event.key,
    isMod: event.ctrlKey || event.metaKey,
    isAlt: event.altKey,
    place: placeOf(event.target),
  };
}

function placeOf(target: EventTarget | null): Stroke["place"] {
  if (isPopupOpen()) return "popup";
  if (!(target instanceof Element) || target === document.body) return "nothing";
  return target.closest(FIELD) ? "field" : target;
}
