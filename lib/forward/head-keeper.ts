/**
 * Counts a stream and keeps its first bytes, copied into one buffer of its own: a list of chunks would hold a slab of
 * the socket's memory for every single byte that a slow sender drips.
 */
export class HeadKeeper {
  readonly #max: number;
  #kept = Buffer.alloc(0);
  #keptSize = 0;
  #size = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Bytes seen. */
  get size(): number {
    return this.#size;
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length;
    const taken = chunk.subarray(0, this.#max - this.#keptSize);
    if (taken.length === 0) return;
    this.#grow(this.#keptSize + taken.length);
    taken.copy(this.#kept, this.#keptSize);
    this.#keptSize += taken.length;
  }

  bytes(): Buffer<ArrayBuffer> {
    return this.#kept.subarray(0, this.#keptSize);
  }

  #grow(needed: number): void {
    if (needed <= this.#kept.length) return;
    const larger = Buffer.alloc(Math.min(this.#max, Math.max(needed, this.#kept.length * 2)));
    this.#kept.copy(larger);
    this.#kept = larger;
  }
}
