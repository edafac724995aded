import type { BreakerSettings } from "../contract/destinations.ts";

/**
 * Closed (`openedAtMs` null): all is tried. Open until `probeAtMs`: nothing is. From then on, half-open: one attempt
 * decides. Times are milliseconds since 1970.
 */
export type Circuit = { failures: number; openedAtMs: number | null; probeAtMs: number | null };

export const CLOSED: Circuit = { failures: 0, openedAtMs: null, probeAtMs: null };

/** What an attempt says of the target: it works; it does not; or nothing. */
export type Sign = "alive" | "failing" | "none";

export function afterAttempt(
  circuit: Circuit,
  sign: Sign,
  settings: BreakerSettings,
  nowMs: number,
): Circuit {
  if (sign === "none") return circuit;
  if (sign === "alive") return CLOSED;
  const failures = circuit.failures + 1;
  const isOpen = settings.failures > 0 && failures >= settings.failures;
  if (!isOpen && circuit.openedAtMs === null) return { ...CLOSED, failures };
  const probeAtMs = nowMs + settings.probeSeconds * 1000;
  return { failures, openedAtMs: circuit.openedAtMs ?? nowMs, probeAtMs };
}

/** How many attempts may be under way at once. */
export function attemptsAllowed({ openedAtMs, probeAtMs }: Circuit, most: number, nowMs: number) {
  if (openedAtMs === null) return most;
  return probeAtMs !== null && probeAtMs > nowMs ? 0 : 1;
}
