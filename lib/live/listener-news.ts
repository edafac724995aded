import type { Log } from "../log.ts";
import { gather } from "../sockets/gather.ts";
import type { Store } from "../store/store.ts";
import type { WatchedBins } from "./watched.ts";

/** Pages show when a listener was heard last. */
const EVERY_MS = 4_000;

type NewsParts = { store: Pick<Store, "listeners">; watched: WatchedBins; log: Log };

/** Tells the pages of watched bins of their listeners: at once when a hint says so, and every 4 s. */
export class ListenerNews {
  readonly #parts: NewsParts;
  readonly #looks = gather((binIds) =>
    this.#look(binIds).catch((error: unknown) =>
      this.#parts.log.debug({ err: error }, "listeners not read"),
    ),
  );
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.askAll(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#looks.clear();
  }

  askAll(): void {
    for (const binId of this.#parts.watched.ids) this.#looks.ask(binId);
  }

  ask(binId: string): void {
    if (this.#parts.watched.get(binId)) this.#looks.ask(binId);
  }

  async #look(binIds: readonly string[]): Promise<void> {
    const { store, watched } = this.#parts;
    const listeners = await store.listeners.list(binIds);
    for (const binId of binIds) {
      watched.get(binId)?.channel.listeners(listeners.get(binId) ?? []);
    }
  }
}
