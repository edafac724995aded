const WAIT_MS = 5_000;

type Waiter = { binId: string; bytes: number; enter: (leave: () => void) => void };

/**
 * Bounds what forwards under way hold in memory: `bytesMax` together, a quarter of it for one bin, so that a bin whose
 * target hangs waits for itself and for nobody else. A body larger than a share enters when its bin holds nothing.
 */
export class ForwardRoom {
  readonly #bytesMax: number;
  readonly #byBin = new Map<string, number>();
  #used = 0;
  #waiting: Waiter[] = [];

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Resolves with the function that gives the room back; with null when there was none within five seconds. */
  enter(binId: string, bytes: number): Promise<(() => void) | null> {
    if (this.#fits(binId, bytes)) return Promise.resolve(this.#take(binId, bytes));
    return new Promise((resolve) => {
      const waiter: Waiter = {
        binId,
        bytes,
        enter: (leave) => {
          clearTimeout(timer);
          resolve(leave);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        resolve(null);
      }, WAIT_MS);
      this.#waiting.push(waiter);
    });
  }

  #fits(binId: string, bytes: number): boolean {
    const own = this.#byBin.get(binId) ?? 0;
    return (
      (own === 0 || own + bytes <= this.#bytesMax / 4) &&
      (this.#used === 0 || this.#used + bytes <= this.#bytesMax)
    );
  }

  #take(binId: string, bytes: number): () => void {
    this.#add(binId, bytes);
    return () => {
      this.#add(binId, -bytes);
      this.#admit();
    };
  }

  #add(binId: string, bytes: number): void {
    this.#used += bytes;
    const own = (this.#byBin.get(binId) ?? 0) + bytes;
    if (own === 0) this.#byBin.delete(binId);
    else this.#byBin.set(binId, own);
  }

  /** In the order of arrival, but who does not fit yet holds up nobody behind him. */
  #admit(): void {
    this.#waiting = this.#waiting.filter(({ binId, bytes, enter }) => {
      if (!this.#fits(binId, bytes)) return true;
      enter(this.#take(binId, bytes));
      return false;
    });
  }
}
