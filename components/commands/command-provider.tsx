"use client";

import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { isPopupOpen } from "#components/ui/open-popup.ts";
import { type Command, commandFor, type Stroke } from "./command.ts";
import { createCommandStore } from "./command-store.ts";
import { CommandContext } from "./use-commands.ts";

const Palette = later(() => import("./palette.tsx").then((module) => module.Palette));
const HelpDialog = later(() => import("./help-dialog.tsx").then((module) => module.HelpDialog));

/** Runs the commands of all within by their keys, and shows them in the palette and the help. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const store = useMemo(() => createCommandStore(), []);
  const chosen = useRef<Command | null>(null);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // What was asked for has the keys, even if it is still being fetched.
    if (event.defaultPrevented || open) return;
    const command = commandFor(store.all(), strokeOf(event));
    if (!command) return;
    event.preventDefault();
    command.run();
  });

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
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => {
      store.remove(owner);
      document.removeEventListener("keydown", listen);
    };
  }, [store]);

  // Once the focus is back where it was: a command may want it elsewhere.
  useEffect(() => {
    if (open) return;
    const command = chosen.current;
    chosen.current = null;
    command?.run();
  }, [open]);

  const close = () => setOpen(null);
  function choose(command: Command) {
    chosen.current = command;
    close();
  }

  return (
    <CommandContext value={store}>
      {children}
      {open === "palette" && <Palette list={store.all} onChoose={choose} onClose={close} />}
      {open === "help" && <HelpDialog list={store.all} onClose={close} />}
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
