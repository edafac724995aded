import type { Channel } from "./channel.ts";

/** A bin that sockets of this process hold open. `version`: of its settings, as they were told last. */
export type WatchedBin = { channel: Channel; sockets: number; version: number | null };

/** The bins of this process's sockets. A bin is here from before its state is read, so that no news falls in between. */
export class WatchedBins {
  readonly #bins = new Map<string, WatchedBin>();
  readonly #open: (binId: string) => Channel;

  constructor(open: (binId: string) => Channel) {
    this.#open = open;
  }

  get ids(): string[] {
    return [...this.#bins.keys()];
  }

  get(binId: string): WatchedBin | undefined {
    return this.#bins.get(binId);
  }

  /** For one more socket, which must `release` it. */
  hold(binId: string): WatchedBin {
    const bin = this.#bins.get(binId) ?? {
      channel: this.#open(binId),
      sockets: 0,
      version: null,
    };
    bin.sockets += 1;
    this.#bins.set(binId, bin);
    return bin;
  }

  release(binId: string): void {
    const bin = this.#bins.get(binId);
    if (!bin) return;
    bin.sockets -= 1;
    if (bin.sockets > 0) return;
    bin.channel.stop();
    this.#bins.delete(binId);
  }
}
