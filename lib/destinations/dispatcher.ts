import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import { choose } from "./choose.ts";
import { Rounds } from "./rounds.ts";

/** The truth, when no hint came. */
const POLL_MS = 2_000;
/** What is captured together is looked at together. */
const GATHER_MS = 15;
const WATCHED_MS = 10_000;
const AT_ONCE = 2;

type DispatcherParts = {
  store: Pick<DestinationStore, "lagging" | "watchedBins" | "dispatch">;
  isUp: () => boolean;
  /** A destination has been given something. */
  onDispatched: (binId: string, destinationId: string) => void;
  log: Log;
};

/**
 * Gives destinations the requests above their cursors. A capture only hints at it, in memory: nothing of this is in its
 * way. A poll finds what no hint told of.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  /** Bins with destinations, as far as is known here. */
  #watched = new Set<string>();
  #watchedAt = Number.NEGATIVE_INFINITY;
  readonly #hinted = new Set<string>();
  /** Destinations that lag behind. */
  readonly #queue = new Set<string>();
  readonly #rounds = new Rounds(() => this.#round());
  #isStopped = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#rounds.within(0);
  }

  /** The bin has more. */
  captured(binId: string): void {
    if (!this.#watched.has(binId)) return;
    this.#hinted.add(binId);
    this.#rounds.within(GATHER_MS);
  }

  /** The bin may have another destination, or one that begins elsewhere. */
  changed(binId: string): void {
    this.#watched.add(binId);
    this.captured(binId);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#rounds.stop();
  }

  /** Milliseconds until there may be more to give. */
  async #round(): Promise<number> {
    if (this.#parts.isUp()) await this.#dispatchAll();
    return this.#hinted.size > 0 ? GATHER_MS : POLL_MS;
  }

  async #dispatchAll(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const binIds = this.#takeHints();
      if (performance.now() - this.#watchedAt > WATCHED_MS) {
        this.#watched = new Set(await store.watchedBins());
        this.#watchedAt = performance.now();
      }
      for (const id of await store.lagging(binIds)) this.#queue.add(id);
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work()));
    } catch (error) {
      log.debug({ err: error }, "destinations not looked at; trying again");
    }
  }

  /** Null: all of them are to be looked at. */
  #takeHints(): string[] | null {
    const binIds = [...this.#hinted];
    this.#hinted.clear();
    return binIds.length > 0 ? binIds : null;
  }

  async #work(): Promise<void> {
    for (const id of this.#queue) {
      if (this.#isStopped) return;
      this.#queue.delete(id);
      const done = await this.#dispatch(id);
      if (!done) continue;
      this.#parts.onDispatched(done.binId, id);
      // Behind the others: one that is far behind holds up nobody.
      if (done.isMore) this.#queue.add(id);
    }
  }

  /** One that can't be served now holds up no other. */
  async #dispatch(id: string) {
    const { store, log } = this.#parts;
    try {
      return await store.dispatch(id, choose);
    } catch (error) {
      log.debug({ err: error, destinationId: id }, "a destination was given nothing");
      return null;
    }
  }
}
