const PER_BIN_MAX = 100;
const PER_PROCESS_MAX = 2_000;

type Waiting = { binId: string; timer: NodeJS.Timeout; answer: (isCut: boolean) => void };

/** Ends the wait in so many milliseconds: 0, now. Nothing happens when it has ended. */
export type Hasten = (ms: number) => void;

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
  wait(binId: string, ms: number, answer: (isCut: boolean) => void): Hasten {
    const timer = setTimeout(() => this.#end(waiting, false), Math.max(0, ms));
    const waiting = { binId, timer, answer };
    this.#waiting.add(waiting);
    if (this.#isOver) this.#end(waiting, true);
    return (laterMs) => {
      clearTimeout(waiting.timer);
      if (laterMs <= 0) this.#end(waiting, false);
      else waiting.timer = setTimeout(() => this.#end(waiting, false), laterMs);
    };
  }

  /** The server stops: who waits, or would, gets the answer now and not a closed connection later. */
  stop(): void {
    this.#isOver = true;
    for (const waiting of this.#waiting) this.#end(waiting, true);
  }

  #end(waiting: Waiting, isCut: boolean): void {
    clearTimeout(waiting.timer);
    if (!this.#waiting.delete(waiting)) return;
    this.give(waiting.binId);
    waiting.answer(isCut);
  }
}
