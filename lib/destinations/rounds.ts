/** Does the same work again and again, one round after the other, and sooner when it is asked to. */
export class Rounds {
  readonly #work: () => Promise<number>;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #running: Promise<void> | null = null;
  #isStopped = false;

  /** @param work never rejects, and resolves to the milliseconds until the next round */
  constructor(work: () => Promise<number>) {
    this.#work = work;
  }

  /** At the latest in so many milliseconds. A round that is under way decides by itself when the next one comes. */
  within(ms: number): void {
    if (this.#isStopped || this.#running) return;
    const at = performance.now() + ms;
    if (this.#timer && at >= this.#nextAt) return;
    clearTimeout(this.#timer);
    this.#nextAt = at;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#work().then((nextMs) => {
        this.#running = null;
        this.within(nextMs);
      });
    }, ms);
  }

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
