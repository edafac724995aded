/** A growing list of 32-bit integers: a body of 10 MiB can have ten million lines, too many for an array of objects. */
export class Offsets {
  private items: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.items = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.items.length) this.grow();
    this.items[this.length] = value;
    this.length += 1;
  }

  set(index: number, value: number): void {
    this.items[index] = value;
  }

  /** The list so far, without a copy: a view that later pushes may leave behind. */
  view(): Int32Array {
    return this.items.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Int32Array(this.items.length * 2);
    larger.set(this.items);
    this.items = larger;
  }
}
