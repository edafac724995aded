"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SavedFilter } from "#lib/contract/filters.ts";
import { createHeld, type Held } from "./held.ts";

const byClient = new WeakMap<ApiClient, Map<string, Held<readonly SavedFilter[]>>>();
const none: readonly SavedFilter[] = [];

/** The bin's saved filters, by name. Another page's change comes with the bin, which is told anew then. */
export function useSavedFilters(bin: Bin, api: ApiClient) {
  const held = heldOf(bin.id, api);
  const filters = useSyncExternalStore(held.subscribe, held.get, held.get) ?? none;
  useEffect(() => void held.read(), [held, bin]);

  /** Runs a change, then shows what the server has. */
  async function after<Result>(change: Promise<Result>): Promise<Result> {
    const result = await change;
    await held.read();
    return result;
  }

  return {
    filters,
    save: (name: string, q: string) => after(api.saveFilter(bin.id, { name, q })),
    rename: (id: string, name: string) => after(api.changeFilter(bin.id, id, { name })),
    replace: (id: string, q: string) => after(api.changeFilter(bin.id, id, { q })),
    remove: (id: string) => after(api.removeFilter(bin.id, id)),
  };
}

export type SavedFilters = ReturnType<typeof useSavedFilters>;

function heldOf(binId: string, api: ApiClient): Held<readonly SavedFilter[]> {
  let ofClient = byClient.get(api);
  if (!ofClient) byClient.set(api, (ofClient = new Map()));
  let held = ofClient.get(binId);
  if (!held) {
    held = createHeld(async () => (await api.filters(binId)).items);
    ofClient.set(binId, held);
  }
  return held;
}
