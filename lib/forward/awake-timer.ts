const TICK_MS = 500;
/** A tick that comes later than this was slept through. */
const LATE_MS = 250;

/**
 * A time limit that counts only while this process runs. A machine that sleeps and a process that is stopped wake up with
 * all of their timers due, before they see what came meanwhile: a plain timer would end what has long been answered.
 */
export class AwakeTimer {
  /** How often it slept so far. */
  naps = 0;
  readonly #onEnd: () => void;
  #left: number;
  #timer: NodeJS.Timeout;

  constructor(ms: number, onEnd: () => void) {
    this.#left = ms;
    this.#onEnd = onEnd;
    this.#timer = this.#tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tick(): NodeJS.Timeout {
    const ms = Math.min(TICK_MS, this.#left);
    const due = performance.now() + ms;
    return setTimeout(() => {
      if (performance.now() - due > LATE_MS) this.naps += 1;
      else this.#left -= ms;
      if (this.#left > 0) this.#timer = this.#tick();
      else this.#onEnd();
    }, ms);
  }
}
