import type { Command } from "./command.ts";

export type CommandStore = ReturnType<typeof createCommandStore>;

/** The commands of all that is on the page; each part brings its own and takes them away with itself. */
export function createCommandStore() {
  const groups = new Map<symbol, readonly Command[]>();
  return {
    set: (owner: symbol, commands: readonly Command[]) => void groups.set(owner, commands),
    remove: (owner: symbol) => void groups.delete(owner),
    all: (): Command[] => [...groups.values()].flat(),
  };
}
