/** Below that it is the clock's own correction, and no pause is long enough to notice it. */
const NOTICED_MS = 1_000;

type Seen = { clockMs: number; beforeMs: number; afterMs: number };

/** Notices that a clock which is read from time to time was set back. */
export class ClockWatch {
  #last: Seen | null = null;

  /**
   * By how many milliseconds, at least, since it was last seen; 0 when it was not. What only took long is not mistaken
   * for it, neither the reading nor whatever came between.
   * @param seen what it said, and the time before and after it was read by a clock that nobody sets.
   */
  setBackMs(seen: Seen): number {
    const last = this.#last;
    this.#last = seen;
    if (!last) return 0;
    const leastMs = seen.beforeMs - last.afterMs;
    const backMs = leastMs - (seen.clockMs - last.clockMs);
    return backMs > NOTICED_MS ? backMs : 0;
  }
}
