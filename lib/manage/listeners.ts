import type { Page } from "../contract/bins.ts";
import type { Listener } from "../contract/listeners.ts";
import { HooklensError } from "../errors.ts";
import type { ManageParts } from "./parts.ts";

export function createListenerOperations({ store, hints }: ManageParts) {
  /** All that the bin remembers, by name. There are never so many that they need a second page. */
  async function list(binId: string): Promise<Page<Listener>> {
    const listeners = await store.listeners.list([binId]);
    return { items: listeners.get(binId) ?? [], next: null };
  }

  /** Forgets a listener with its place; a connected one is told and ends. @throws listener_not_found */
  async function remove(binId: string, name: string): Promise<void> {
    if (!(await store.listeners.remove(binId, name))) {
      throw new HooklensError("listener_not_found", "It may be removed already; check the name.");
    }
    hints.tell({ kind: "listeners", binId });
  }

  return { list, remove };
}
