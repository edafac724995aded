const BLOCK_BITS = 16;
const BLOCK = 1 << BLOCK_BITS;

/**
 * A growing list of 32-bit integers: a body of 10 MiB can have ten million lines, too many for an array of objects. It
 * grows by blocks, since copying a list of that size when it is full would hold the page.
 */
export class Offsets {
  private readonly blocks: Int32Array[] = [];
  length = 0;

  push(value: number): void {
    const place = this.length & (BLOCK - 1);
    if (place === 0) this.blocks.push(new Int32Array(BLOCK));
    const block = this.blocks[this.length >> BLOCK_BITS];
    if (block) block[place] = value;
    this.length += 1;
  }

  set(index: number, value: number): void {
    const block = this.blocks[index >> BLOCK_BITS];
    if (block) block[index & (BLOCK - 1)] = value;
  }

  /** The last index whose value is at most this, in a list that only grows; -1 when there is none. */
  lastUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle) ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  at(index: number): number | undefined {
    if (index < 0 || index >= this.length) return undefined;
    return this.blocks[index >> BLOCK_BITS]?.[index & (BLOCK - 1)];
  }
}
