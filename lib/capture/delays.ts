const PER_BIN_MAX = 100;
const PER_PROCESS_MAX = 2_000;

type Waiting = { binId: string; timer: NodeJS.Timeout; answer: (isCut: boolean) => void };

/** The answers that wait out a delay, counted so that slow answers can't pile up. */
export class Delays {
  #all = 0;
  readonly #byBin = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #isOver = false;

  /** Takes a place, or answers false: then the answer goes at once. */
  tryTake(binId: string): boolean {
    const taken = this.#byBin.get(binId) ?? 0;
    if (taken >= PER_BIN_MAX || this.#all >= PER_PROCESS_MAX) return false;
    this.#byBin.set(binId, taken + 1);
    this.#all++;
    return true;
  }

  give(binId: string): void {
    const left = (this.#byBin.get(binId) ?? 1) - 1;
    if (left > 0) this.#byBin.set(binId, left);
    else this.#byBin.delete(binId);
    this.#all--;
  }

  /** Waits on a place that was taken, gives it back, and answers. */
  wait(binId: string, ms: number, answer: (isCut: boolean) => void): void {
    const timer = setTimeout(() => this.#end(waiting, false), Math.max(0, ms));
    const waiting = { binId, timer, answer };
    this.#waiting.add(waiting);
    if (this.#isOver) this.#end(waiting, true);
  }

  /** The server stops: who waits, or would, gets the answer now and not a closed connection later. */
  stop(): void {
    this.#isOver = true;
    for (const waiting of this.#waiting) this.#end(waiting, true);
  }

  #end(waiting: Waiting, isCut: boolean): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
    this.give(waiting.binId);
    waiting.answer(isCut);
  }
}
