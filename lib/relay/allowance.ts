/** What a listener may send that nothing asked for. */
const MESSAGES_MAX = 1_000;
const MESSAGES_PER_SECOND = 50;
/** An acknowledgement is a packet for its head and one for its body. */
const MESSAGES_PER_DELIVERY = 4;

/** Bounds how many messages a socket sends: each costs the event loop, also one that is thrown away. */
export class Allowance {
  #left = MESSAGES_MAX;
  #refilledAt = performance.now();

  delivered(): void {
    this.#left = Math.min(MESSAGES_MAX, this.#left + MESSAGES_PER_DELIVERY);
  }

  /** False when there was none left. */
  spend(now = performance.now()): boolean {
    const earned = ((now - this.#refilledAt) / 1000) * MESSAGES_PER_SECOND;
    this.#refilledAt = now;
    this.#left = Math.min(MESSAGES_MAX, this.#left + earned) - 1;
    return this.#left >= 0;
  }
}
