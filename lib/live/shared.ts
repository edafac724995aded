import type { AnsweredEvent, Removal } from "../contract/events.ts";
import type { RequestSummary } from "../contract/requests.ts";
import type { Log } from "../log.ts";
import type { ShareReader } from "../shares/reader.ts";
import { Looks } from "../sockets/looks.ts";
import type { ShareRecord } from "../store/shares.ts";
import type { Store } from "../store/store.ts";
import { Channel, type Emit } from "./channel.ts";
import { withAnswers } from "./window.ts";

/** Of which requests it was told, so that nothing is told of others. */
const TOLD_MAX = 2_000;

type SharedParts = {
  emit: Emit;
  store: Pick<Store, "bins" | "requests" | "shares">;
  shareReader: Pick<ShareReader, "listAfter" | "summaries">;
  log: Log;
};

type Watched = {
  share: ShareRecord;
  channel: Channel;
  sockets: number;
  told: Set<number>;
  /** Answers to requests that were not told yet: they may be under way, read before they were answered. */
  early: Map<number, AnsweredEvent>;
};

/**
 * Shares that sockets of this process hold open: a channel each, which is only told how far the bin is and reads all of
 * its rows through the share's reader. So no row that was not redacted is ever near a socket of a share.
 */
export class SharedChannels extends Looks {
  readonly #parts: SharedParts;
  readonly #shares = new Map<string, Watched>();

  constructor(parts: SharedParts) {
    super(parts.log, "watched shares not checked");
    this.#parts = parts;
  }

  socketsOf(shareId: string): number {
    return this.#shares.get(shareId)?.sockets ?? 0;
  }

  /** For one more socket, which must `release` it. */
  hold(share: ShareRecord): Channel {
    const held = this.#shares.get(share.id) ?? this.#open(share);
    held.sockets += 1;
    this.#shares.set(share.id, held);
    return held.channel;
  }

  release(shareId: string): void {
    const held = this.#shares.get(shareId);
    if (!held) return;
    held.sockets -= 1;
    if (held.sockets > 0) return;
    held.channel.stop();
    this.#shares.delete(shareId);
  }

  #open(share: ShareRecord): Watched {
    const { emit, shareReader, log } = this.#parts;
    const told = new Set<number>();
    const early = new Map<number, AnsweredEvent>();
    const listAfter = async (after: number, limit: number): Promise<RequestSummary[]> => {
      const rows = await shareReader.listAfter(share, after, limit);
      for (const { seq } of rows) told.add(seq);
      trim(told);
      return withAnswers(rows, [...early.values()]);
    };
    return { share, channel: new Channel({ emit, listAfter, log }), sockets: 0, told, early };
  }

  advance(binId: string, lastSeq: number): void {
    for (const { channel } of this.#of(binId)) channel.advance(lastSeq);
  }

  removed(binId: string, removal: Removal): void {
    for (const { channel } of this.#of(binId)) channel.removed(removal);
  }

  /** What a listener answered is the owner's own. */
  answered(binId: string, items: readonly AnsweredEvent[]): void {
    const shown = items.map(({ response, ...item }) =>
      response ? { ...item, response: { ...response, headers: [], bodySize: 0 } } : item,
    );
    for (const { channel, told, early } of this.#of(binId)) {
      const known = shown.filter(({ seq }) => told.has(seq));
      if (known.length > 0) channel.answered(known);
      for (const item of shown) if (!told.has(item.seq)) early.set(item.seq, item);
      trim(early);
    }
  }

  watches(binId: string): boolean {
    return this.#of(binId).length > 0;
  }

  /**
   * Rows were stored anew: who sent them, or whether they verify. What a filter's share shows of them may be more or less
   * than before, and which ones they are is not told of what it does not show.
   */
  async changed(binId: string, firstSeq: number, lastSeq: number): Promise<void> {
    const { store, shareReader } = this.#parts;
    for (const { share, channel } of this.#of(binId)) {
      if (share.q !== null) {
        channel.unsure();
        continue;
      }
      const rows = await store.requests.between(binId, firstSeq, lastSeq);
      channel.changed(await shareReader.summaries(share, rows));
    }
  }

  end(shareId: string): void {
    this.#shares.get(shareId)?.channel.end("share_gone");
  }

  endAllOf(binId: string): void {
    for (const { channel } of this.#of(binId)) channel.end("share_gone");
  }

  ask(binId: string): void {
    for (const { share } of this.#of(binId)) this.lookAt(share.id);
  }

  askAll(): void {
    for (const id of this.#shares.keys()) this.lookAt(id);
  }

  #of(binId: string): Watched[] {
    return [...this.#shares.values()].filter(({ share }) => share.binId === binId);
  }

  protected async look(ids: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    const asked = ids.flatMap((id) => this.#shares.get(id) ?? []);
    const [open, heads] = await Promise.all([
      store.shares.open(ids),
      store.bins.heads([...new Set(asked.map(({ share }) => share.binId))]),
    ]);
    for (const { share, channel } of asked) {
      const head = heads.get(share.binId);
      if (!head || head.gone || !open.has(share.id)) channel.end("share_gone");
      else channel.advance(head.lastSeq, head.revision);
    }
  }
}

/** Lets the oldest go. */
function trim(kept: Set<number> | Map<number, unknown>): void {
  for (const seq of kept.keys()) {
    if (kept.size <= TOLD_MAX) return;
    kept.delete(seq);
  }
}
