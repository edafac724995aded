import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { WatchedBins } from "./watched.ts";

/** A busy one changes with every attempt. */
const AT_MOST_EVERY_MS = 1_000;

type NewsParts = { store: Pick<Store, "destinations">; watched: WatchedBins; log: Log };

/** Tells the pages of watched bins how their destinations stand, after a hint that something has changed. */
export class DestinationNews {
  readonly #parts: NewsParts;
  readonly #asked = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #notBefore = 0;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  ask(binId: string): void {
    if (!this.#parts.watched.get(binId)) return;
    this.#asked.add(binId);
    const waitMs = Math.max(0, this.#notBefore - performance.now());
    this.#timer ??= setTimeout(() => void this.#look(), waitMs);
  }

  askAll(): void {
    for (const binId of this.#parts.watched.ids) this.ask(binId);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked.clear();
  }

  async #look(): Promise<void> {
    const { store, watched, log } = this.#parts;
    const binIds = [...this.#asked];
    this.#asked.clear();
    this.#notBefore = performance.now() + AT_MOST_EVERY_MS;
    try {
      const destinations = await store.destinations.list(binIds);
      for (const binId of binIds) {
        watched.get(binId)?.channel.tell("destinations", { items: destinations.get(binId) ?? [] });
      }
    } catch (error) {
      log.debug({ err: error }, "destinations not read");
    }
    this.#timer = undefined;
    for (const binId of this.#asked) this.ask(binId);
  }
}
