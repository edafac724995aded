const STEP_MS_MAX = 2;
let offsetMs = Date.now() - performance.now();

/**
 * Microseconds since 1970 for a performance.now() reading. The monotonic clock gives the microseconds; when the wall
 * clock has been set, or the machine slept, the offset follows.
 */
export function microsecondsAt(monotonicMs: number): number {
  const now = Date.now() - performance.now();
  if (Math.abs(now - offsetMs) > STEP_MS_MAX) offsetMs = now;
  return Math.round((monotonicMs + offsetMs) * 1000);
}
