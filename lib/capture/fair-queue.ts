/**
 * Waiting items in one line per bin, served in turn: a bin's flood waits behind itself and holds up no other bin.
 * Items of one bin keep their order.
 */
export class FairQueue<Item> {
  readonly #lines = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(binId: string, item: Item): void {
    const line = this.#lines.get(binId);
    if (line) line.push(item);
    else this.#lines.set(binId, [item]);
    this.#size++;
  }

  /** Removes at most `count` items worth `bytes` together (at least one), one of each bin in turn. */
  take(count: number, bytes: number, bytesOf: (item: Item) => number): Item[] {
    const taken: Item[] = [];
    const used = new Map<string, number>();
    let left = bytes;
    let progress = true;
    while (progress && taken.length < count && left > 0) {
      progress = false;
      for (const [binId, line] of this.#lines) {
        const at = used.get(binId) ?? 0;
        const item = line[at];
        if (item === undefined) continue;
        if (taken.length === count || (left < bytesOf(item) && taken.length > 0)) {
          left = 0;
          break;
        }
        taken.push(item);
        left -= bytesOf(item);
        used.set(binId, at + 1);
        progress = true;
      }
    }
    this.#drop(used);
    this.#size -= taken.length;
    return taken;
  }

  /** Removes every item that `isOver` says yes to. */
  remove(isOver: (item: Item) => boolean): void {
    for (const [binId, line] of this.#lines) {
      const kept = line.filter((item) => !isOver(item));
      this.#size -= line.length - kept.length;
      if (kept.length === 0) this.#lines.delete(binId);
      else if (kept.length < line.length) this.#lines.set(binId, kept);
    }
  }

  /** Served bins go to the end of the round, so that a batch cut short does not favour the same ones again. */
  #drop(used: Map<string, number>): void {
    for (const [binId, count] of used) {
      const line = this.#lines.get(binId);
      if (!line) continue;
      this.#lines.delete(binId);
      if (line.length > count) {
        line.splice(0, count);
        this.#lines.set(binId, line);
      }
    }
  }
}
