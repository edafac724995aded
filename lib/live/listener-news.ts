import type { Log } from "../log.ts";
import { Looks } from "../sockets/looks.ts";
import type { Store } from "../store/store.ts";
import type { WatchedBins } from "./watched.ts";

type NewsParts = { store: Pick<Store, "listeners">; watched: WatchedBins; log: Log };

/** Tells the pages of watched bins of their listeners: at once when a hint says so, and every 4 s, when each was heard last. */
export class ListenerNews extends Looks {
  readonly #parts: NewsParts;

  constructor(parts: NewsParts) {
    super(parts.log, "listeners not read");
    this.#parts = parts;
  }

  askAll(): void {
    for (const binId of this.#parts.watched.ids) this.lookAt(binId);
  }

  ask(binId: string): void {
    if (this.#parts.watched.get(binId)) this.lookAt(binId);
  }

  protected async look(binIds: readonly string[]): Promise<void> {
    const { store, watched } = this.#parts;
    const listeners = await store.listeners.list(binIds);
    for (const binId of binIds) {
      watched.get(binId)?.channel.listeners(listeners.get(binId) ?? []);
    }
  }
}
