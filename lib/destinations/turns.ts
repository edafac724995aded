import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { TurnJob } from "../store/turn-jobs.ts";
import { ClockWatch } from "./clock-watch.ts";
import { Rounds } from "./rounds.ts";
import { Turn, type TurnParts } from "./turn.ts";

/** The truth, when nothing pokes. */
const POLL_MS = 1_000;
/** The least between two looks, so that pokes come together. */
const LOOK_EVERY_MS = 10;
const KEEP_MS = 5_000;
/** Of this process, at once. Most of them wait: for a target, for their throttle. */
const TURNS_MAX = 256;

type TurnsParts = {
  store: Pick<DestinationStore, "clock" | "clockSetBack" | "due" | "jobs">;
  turn: TurnParts;
  isUp: () => boolean;
  log: Log;
};

/** Takes turns at destinations where there is something to do, as pg-boss hands them out. */
export class Turns {
  readonly #parts: TurnsParts;
  readonly #running = new Map<string, { turn: Turn; jobId: string; done: Promise<void> }>();
  /** Jobs whose end is not stored yet. */
  readonly #ended = new Set<string>();
  readonly #rounds = new Rounds(() => this.#round());
  #keeping: NodeJS.Timeout | undefined;
  #isPoked = false;
  readonly #clock = new ClockWatch();
  #clockReadAt = Number.NEGATIVE_INFINITY;

  constructor(parts: TurnsParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#rounds.within(0);
    this.#keeping = setInterval(() => this.#keep(), KEEP_MS);
  }

  /** There is something to do at this destination. */
  poke(destinationId: string): void {
    const running = this.#running.get(destinationId);
    if (running) running.turn.poke();
    else this.#lookSoon();
  }

  /** There may be something to do at a destination of this bin. */
  pokeAll(binId: string): void {
    for (const { turn } of this.#running.values()) if (turn.binId === binId) turn.poke();
    this.#lookSoon();
  }

  /** Settings of this bin's destinations have changed. */
  changed(binId: string): void {
    for (const { turn } of this.#running.values()) if (turn.binId === binId) turn.changed();
    this.#lookSoon();
  }

  async stop(): Promise<void> {
    clearInterval(this.#keeping);
    await this.#rounds.stop();
    const all = [...this.#running.values()];
    for (const { turn } of all) turn.end();
    await Promise.all(all.map(({ done }) => done));
  }

  #lookSoon(): void {
    this.#isPoked = true;
    this.#rounds.within(LOOK_EVERY_MS);
  }

  async #round(): Promise<number> {
    this.#isPoked = false;
    const nextMs = await this.#look();
    return this.#isPoked ? LOOK_EVERY_MS : nextMs;
  }

  /** Milliseconds until there is something to do again, as far as is known. */
  async #look(): Promise<number> {
    const { store, isUp, log } = this.#parts;
    if (!isUp()) return POLL_MS;
    try {
      for (const jobId of this.#ended) await this.#endJob(jobId);
      await this.#mindClock();
      const { ids, nextMs } = await store.due([...this.#running.keys()]);
      if (ids.length > 0) await store.jobs.wake(ids);
      const free = TURNS_MAX - this.#running.size;
      const jobs = ids.length > 0 && free > 0 ? await store.jobs.take(free) : [];
      for (const job of jobs) this.#begin(job);
      return Math.min(POLL_MS, Math.max(LOOK_EVERY_MS, nextMs ?? POLL_MS));
    } catch (error) {
      log.debug({ err: error }, "turns not taken; trying again");
      return POLL_MS;
    }
  }

  /** Set back by an hour, it would let everything that waits for its next attempt wait an hour longer. */
  async #mindClock(): Promise<void> {
    const { store, log } = this.#parts;
    const beforeMs = performance.now();
    if (beforeMs - this.#clockReadAt < POLL_MS) return;
    this.#clockReadAt = beforeMs;
    const clockMs = await store.clock();
    const ms = this.#clock.setBackMs({ clockMs, beforeMs, afterMs: performance.now() });
    if (ms === 0) return;
    log.warn(
      { ms: Math.round(ms) },
      "the database's clock was set back; what waits keeps its pause",
    );
    await store.clockSetBack(ms);
    for (const { turn } of this.#running.values()) turn.changed();
  }

  #begin({ id: jobId, destinationId }: TurnJob): void {
    const running = this.#running.get(destinationId);
    // A database that crashed may have forgotten that its turn is taken.
    if (running) return void (running.jobId = jobId);
    const turn = new Turn(destinationId, this.#parts.turn);
    const entry = { turn, jobId, done: this.#run(turn) };
    this.#running.set(destinationId, entry);
    entry.done = entry.done
      .then(() => this.#endJob(entry.jobId))
      .finally(() => {
        this.#running.delete(destinationId);
        this.#lookSoon();
      });
  }

  async #run(turn: Turn): Promise<void> {
    try {
      await turn.run();
    } catch (error) {
      const { destinationId } = turn.hold;
      this.#parts.log.debug({ err: error, destinationId }, "a destination's turn broke off");
    }
  }

  /** One that could not be ended would keep others from the destination until its heartbeat is missed. */
  async #endJob(jobId: string): Promise<void> {
    try {
      await this.#parts.store.jobs.end(jobId);
      this.#ended.delete(jobId);
    } catch (error) {
      this.#ended.add(jobId);
      this.#parts.log.debug({ err: error }, "a turn's end not stored");
    }
  }

  #keep(): void {
    const jobIds = [...this.#running.values()].map(({ jobId }) => jobId);
    if (jobIds.length === 0) return;
    this.#parts.store.jobs.keep(jobIds).catch((error: unknown) => {
      this.#parts.log.debug({ err: error }, "turns not kept");
    });
  }
}
