"use client";

import { createContext, useContext, useLayoutEffect, useRef } from "react";
import type { Command } from "./command.ts";
import type { CommandStore } from "./command-store.ts";

export const CommandContext = createContext<CommandStore | null>(null);

/** Brings commands for as long as the component is on the page. Without a provider around it: none. */
export function useCommands(commands: readonly Command[]): void {
  const store = useContext(CommandContext);
  const owner = useRef(Symbol("commands"));
  // Before the next key can be pressed: it must not find what was there before.
  useLayoutEffect(() => store?.set(owner.current, commands));
  useLayoutEffect(() => {
    const mine = owner.current;
    return () => store?.remove(mine);
  }, [store]);
}
