import { lookup } from "node:dns/promises";
import type { Lookup } from "./dial.ts";

export type Lookups = ReturnType<typeof createLookups>;

const LOOKUPS_PER_BIN_MAX = 4;

/**
 * Resolves names the system's way (hosts file, search list, DNS), so that they mean here what they mean to curl; a few
 * at a time for each bin. A lookup blocks a thread of the pool that all lookups share until the DNS gives up, which
 * takes many seconds: without a limit one bin's dead names would keep every other bin from forwarding.
 */
export function createLookups(resolve: Lookup = (host) => lookup(host, { all: true })) {
  const lines = new Map<string, { running: number; waiting: (() => void)[] }>();

  async function inTurn(binId: string, host: string) {
    const line = lines.get(binId) ?? { running: 0, waiting: [] };
    lines.set(binId, line);
    if (line.running < LOOKUPS_PER_BIN_MAX) line.running++;
    else await new Promise<void>((begin) => line.waiting.push(begin));
    try {
      return await resolve(host);
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.running === 0) lines.delete(binId);
    }
  }

  return (binId: string): Lookup =>
    (host) =>
      inTurn(binId, host);
}
