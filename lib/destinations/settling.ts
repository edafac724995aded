import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import type { Hold } from "../store/turns.ts";
import type { Circuit } from "./circuit.ts";

const RETRY_MS = 250;

type SettlingParts = {
  hold: Hold;
  store: Pick<DestinationStore, "settle" | "kindOf">;
  /** How the circuit breaker stands after all that came. */
  circuit: () => Circuit;
  /** After they are stored. */
  onSettled: (outcomes: readonly TurnOutcome[]) => void;
  log: Log;
};

type Ended = { outcome: TurnOutcome; leave: () => void };

/**
 * Stores what comes of a turn's attempts: while one statement runs, what ends meanwhile waits for the next. What is stored
 * is tried until it is stored, since the attempts were made.
 */
export class Settling {
  readonly #parts: SettlingParts;
  #waiting: Ended[] = [];
  #running: Promise<void> | null = null;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  add(outcome: TurnOutcome, leave: () => void): void {
    this.#waiting.push({ outcome, leave });
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const outcomes = batch.map(({ outcome }) => outcome);
      await this.#save(outcomes);
      for (const { leave } of batch) leave();
      this.#running = this.#waiting.length > 0 ? this.#running : null;
      this.#parts.onSettled(outcomes);
    }
  }

  async #save(outcomes: readonly TurnOutcome[]): Promise<void> {
    const { hold, store, circuit, log } = this.#parts;
    for (;;) {
      try {
        await store.settle(hold, outcomes, circuit());
        return;
      } catch (error) {
        const kind = store.kindOf(error);
        log.warn({ err: error, kind, rows: outcomes.length }, "attempts not stored");
        if (kind === "row") return this.#saveEach(outcomes);
        await sleep(RETRY_MS);
      }
    }
  }

  /** One answer that can't be stored spoils the others: of that one only what it came to is. */
  async #saveEach(outcomes: readonly TurnOutcome[]): Promise<void> {
    const [first] = outcomes;
    if (outcomes.length > 1) {
      for (const outcome of outcomes) await this.#save([outcome]);
    } else if (first && !isBare(first)) {
      const attempt = { ...first.attempt, headers: [], body: Buffer.alloc(0) };
      await this.#save([{ ...first, attempt }]);
    }
  }
}

const isBare = ({ attempt }: TurnOutcome) =>
  attempt.headers.length === 0 && attempt.body.length === 0;
