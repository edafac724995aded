import type { Bin } from "#lib/contract/bins.ts";

/** Opens the bin anywhere. The key is in the fragment, which browsers send to no server. */
export function privateLink(bin: Pick<Bin, "dashboardUrl">, key: string): string {
  return `${bin.dashboardUrl}#key=${encodeURIComponent(key)}`;
}

const keys = new Map<string, string>();

/** Keeps a key that was just minted until the page is left, so that its link can be offered. Never stored. */
export function keepFirstKey(binId: string, key: string): void {
  keys.set(binId, key);
}

export function firstKey(binId: string): string | null {
  return keys.get(binId) ?? null;
}

export function dropFirstKey(binId: string): void {
  keys.delete(binId);
}
