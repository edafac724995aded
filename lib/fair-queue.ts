/**
 * Waiting items in one line per owner (a bin, a share), served in turn: a flood of one waits behind itself and holds up
 * nobody else. Items of one owner keep their order.
 */
export class FairQueue<Item> {
  readonly #lines = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(owner: string, item: Item): void {
    const line = this.#lines.get(owner);
    if (line) line.push(item);
    else this.#lines.set(owner, [item]);
    this.#size++;
  }

  /** Removes at most `count` items worth `bytes` together (at least one), one of each owner in turn. */
  take(count: number, bytes: number, bytesOf: (item: Item) => number): Item[] {
    const taken: Item[] = [];
    const used = new Map<string, number>();
    let left = bytes;
    let progress = true;
    while (progress && taken.length < count && left > 0) {
      progress = false;
      for (const [owner, line] of this.#lines) {
        const at = used.get(owner) ?? 0;
        const item = line[at];
        if (item === undefined) continue;
        if (taken.length === count || (left < bytesOf(item) && taken.length > 0)) {
          left = 0;
          break;
        }
        taken.push(item);
        left -= bytesOf(item);
        used.set(owner, at + 1);
        progress = true;
      }
    }
    this.#drop(used);
    this.#size -= taken.length;
    return taken;
  }

  /** Removes every item that `isOver` says yes to. */
  remove(isOver: (item: Item) => boolean): void {
    for (const [owner, line] of this.#lines) {
      const kept = line.filter((item) => !isOver(item));
      this.#size -= line.length - kept.length;
      if (kept.length === 0) this.#lines.delete(owner);
      else if (kept.length < line.length) this.#lines.set(owner, kept);
    }
  }

  /** Those who were served go to the end of the round, so that a batch cut short does not favour the same ones again. */
  #drop(used: Map<string, number>): void {
    for (const [owner, count] of used) {
      const line = this.#lines.get(owner);
      if (!line) continue;
      this.#lines.delete(owner);
      if (line.length > count) {
        line.splice(0, count);
        this.#lines.set(owner, line);
      }
    }
  }
}
