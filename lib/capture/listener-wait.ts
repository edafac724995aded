import type { PlannedAnswer } from "./answer.ts";
import type { Delays } from "./delays.ts";
import {
  type ListenerAnswer,
  type ListenerAnswers,
  planListenerAnswer,
} from "./listener-answer.ts";

type Waiter = { binId: string; requestId: string; method: string };

/**
 * One sender's wait for a listener's own answer. It begins before the request is stored, since a listener may be faster
 * than our way back from the commit.
 */
export class ListenerWait {
  /** How long the sender waits, from its last body byte on. */
  readonly #ms: number;
  readonly #waiter: Waiter;
  readonly #answer: Promise<ListenerAnswer | null>;
  /** Nobody waits any more. */
  readonly end: () => void;

  constructor(listeners: ListenerAnswers, waiter: Waiter, ms: number) {
    const { promise, resolve } = Promise.withResolvers<ListenerAnswer | null>();
    this.#ms = ms;
    this.#waiter = waiter;
    this.#answer = promise;
    this.end = listeners.wait(waiter.binId, waiter.requestId, resolve);
  }

  /**
   * Calls back with the listener's answer as soon as it is there; with null for the bin's, when none came in time or it is
   * clear that none will. On a place of `delays` that was taken.
   * @param to.bins the bin's answer, whose own delay it has in any case.
   * @param to.msLeft of a time that counts from the last body byte.
   * @returns how to end it at once.
   */
  settle(
    to: { delays: Delays; bins: PlannedAnswer; msLeft: (ms: number) => number },
    answer: (theirs: PlannedAnswer | null, isCut: boolean) => void,
  ): () => void {
    const { delays, bins, msLeft } = to;
    let theirs: PlannedAnswer | null = null;
    const waitMs = msLeft(Math.max(this.#ms, bins.delayMs));
    const hasten = delays.wait(this.#waiter.binId, waitMs, (isCut) => {
      this.end();
      answer(theirs, isCut);
    });
    void this.#answer.then((given) => {
      theirs = given && planListenerAnswer(given, this.#waiter.method);
      hasten(theirs ? 0 : msLeft(bins.delayMs));
    });
    return () => hasten(0);
  }
}
