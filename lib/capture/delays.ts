const PER_BIN_MAX = 100;
const PER_PROCESS_MAX = 2_000;

/** Counts the answers that wait out a delay, so that slow answers can't pile up. */
export class Delays {
  #all = 0;
  readonly #byBin = new Map<string, number>();

  /** Takes a place, or answers false: then the answer goes at once. */
  tryTake(binId: string): boolean {
    const waiting = this.#byBin.get(binId) ?? 0;
    if (waiting >= PER_BIN_MAX || this.#all >= PER_PROCESS_MAX) return false;
    this.#byBin.set(binId, waiting + 1);
    this.#all++;
    return true;
  }

  give(binId: string): void {
    const left = (this.#byBin.get(binId) ?? 1) - 1;
    if (left > 0) this.#byBin.set(binId, left);
    else this.#byBin.delete(binId);
    this.#all--;
  }
}
