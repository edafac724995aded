import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { RelayStore } from "../store/relay-store.ts";
import type { StreamOutcome } from "../store/save-outcomes.ts";

const BATCH_ROWS_MAX = 500;
const BATCH_BYTES_MAX = 1024 * 1024;
/** How far a listener's deliveries may be ahead of what is recorded of them; and those of all listeners together. */
const AHEAD_ROWS_MAX = 200;
const AHEAD_BYTES_MAX = 4 * 1024 * 1024;
const ALL_BYTES_MAX = 32 * 1024 * 1024;
/** A row's columns beside the answer's body. */
const ROW_BYTES = 1024;
const RETRY_MS = 500;

type Account = { rows: number; bytes: number };

type LogParts = {
  store: Pick<RelayStore, "saveOutcomes" | "kindOf">;
  /** After a commit, in the order given; `moved`: the listeners whose cursor could be moved. */
  onSaved: (outcomes: readonly StreamOutcome[], moved: ReadonlySet<string>) => void;
  log: Log;
};

/**
 * What came of the streams' deliveries, by group commit: while a batch is written the next one gathers. Nothing is ever
 * dropped. A delivery does not wait for the record of the one before it, but for `room`, so that little is done twice
 * after a crash and a database that is away fills no memory.
 */
export class OutcomeLog {
  readonly #parts: LogParts;
  readonly #accounts = new Map<string, Account>();
  #queue: StreamOutcome[] = [];
  #bytes = 0;
  #isRunning = false;
  #waiting: (() => void)[] = [];

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  add(outcome: StreamOutcome): void {
    this.#queue.push(outcome);
    this.#count(outcome, 1);
    if (!this.#isRunning) void this.#run();
  }

  /** Resolves when this listener may be given more. */
  async room(listenerId: string): Promise<void> {
    while (!this.#hasRoom(listenerId)) await this.#nextBatch();
  }

  /** Resolves when all that came of this listener so far is recorded. */
  async flushed(listenerId: string): Promise<void> {
    while (this.#accounts.has(listenerId)) await this.#nextBatch();
  }

  #hasRoom(listenerId: string): boolean {
    const { rows, bytes } = this.#accounts.get(listenerId) ?? { rows: 0, bytes: 0 };
    if (rows === 0) return true;
    return rows < AHEAD_ROWS_MAX && bytes < AHEAD_BYTES_MAX && this.#bytes < ALL_BYTES_MAX;
  }

  #nextBatch(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #count(outcome: StreamOutcome, sign: 1 | -1): void {
    const { id } = outcome.hold;
    const account = this.#accounts.get(id) ?? { rows: 0, bytes: 0 };
    account.rows += sign;
    account.bytes += sign * weightOf(outcome);
    this.#bytes += sign * weightOf(outcome);
    if (account.rows > 0) this.#accounts.set(id, account);
    else this.#accounts.delete(id);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // What other sockets have ready in this turn of the event loop belongs into the same batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#batchLength());
      await this.#save(batch);
      for (const outcome of batch) this.#count(outcome, -1);
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    }
    this.#isRunning = false;
  }

  #batchLength(): number {
    let bytes = 0;
    const end = this.#queue.findIndex((outcome, index) => {
      bytes += weightOf(outcome);
      return index > 0 && (index >= BATCH_ROWS_MAX || bytes > BATCH_BYTES_MAX);
    });
    return end === -1 ? this.#queue.length : end;
  }

  /** Stores them, however often it takes. */
  async #save(batch: readonly StreamOutcome[]): Promise<void> {
    const { store, onSaved, log } = this.#parts;
    for (;;) {
      try {
        const moved = await store.saveOutcomes(batch);
        return onSaved(batch, moved);
      } catch (error) {
        const kind = store.kindOf(error);
        log.warn({ err: error, kind, rows: batch.length }, "outcomes not stored");
        if (kind === "row") return this.#saveHalves(batch);
        await sleep(RETRY_MS);
      }
    }
  }

  /** One row spoils the batch: the others are stored, and of that one only that the cursor moved. */
  async #saveHalves(batch: readonly StreamOutcome[]): Promise<void> {
    const [first] = batch;
    if (!first || (batch.length === 1 && !first.tried)) return;
    if (batch.length === 1) return this.#save([{ ...first, tried: null }]);
    const middle = batch.length >> 1;
    await this.#save(batch.slice(0, middle));
    await this.#save(batch.slice(middle));
  }
}

const weightOf = ({ tried }: StreamOutcome): number =>
  ROW_BYTES + (tried?.attempt.body.length ?? 0);
