import type { Log } from "../log.ts";
import { Looks } from "../sockets/looks.ts";
import type { Store } from "../store/store.ts";
import type { Subscriber } from "./subscriber.ts";
import type { WatchedBin, WatchedBins } from "./watched.ts";

type ChecksParts = {
  store: Pick<Store, "bins" | "news">;
  watched: WatchedBins;
  publicUrl: string;
  log: Log;
};

/** Compares watched bins with the table: all of them every 4 s, and at once those that a hint or an operation names. */
export class Checks extends Looks {
  readonly #parts: ChecksParts;

  constructor(parts: ChecksParts) {
    super(parts.log, "watched bins not checked");
    this.#parts = parts;
  }

  askAll(): void {
    for (const binId of this.#parts.watched.ids) this.ask(binId);
  }

  ask(binId: string): void {
    if (this.#parts.watched.get(binId)) this.lookAt(binId);
  }

  protected async look(binIds: readonly string[]): Promise<void> {
    const { store, watched } = this.#parts;
    const asked = new Set(binIds.flatMap((binId) => subscribersOf(watched.get(binId))));
    const keyIds = new Set([...asked].map(({ keyId }) => keyId));
    const sessions = new Set([...asked].flatMap(({ session }) => session ?? []));
    const [heads, open, holds] = await Promise.all([
      store.bins.heads(binIds),
      store.news.openKeys([...keyIds]),
      store.news.sessionsHolding(binIds, [...sessions]),
    ]);
    for (const binId of binIds) {
      const bin = watched.get(binId);
      const head = heads.get(binId);
      if (!bin) continue;
      if (!head || head.gone) {
        bin.channel.end("bin_gone");
        continue;
      }
      // Only those that were asked for: a socket may have joined meanwhile.
      bin.channel.end("key_revoked", (each) => asked.has(each) && !open.has(each.keyId));
      bin.channel.end(
        "forgotten",
        (each) => asked.has(each) && each.session !== null && !holds(each.session, binId),
      );
      bin.channel.advance(head.lastSeq, head.revision);
      if (bin.version !== null && head.version > bin.version) await this.#tellBin(binId, bin);
      bin.version = head.version;
    }
  }

  async #tellBin(binId: string, { channel }: WatchedBin): Promise<void> {
    const { store, publicUrl } = this.#parts;
    const bin = await store.bins.view(binId, publicUrl);
    if (bin) channel.tell("bin", bin);
  }
}

const subscribersOf = (bin: WatchedBin | undefined): Subscriber[] => [
  ...(bin?.channel.subscribers ?? []),
];
