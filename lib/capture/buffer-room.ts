/** How long a sender waits for room before it gets a 503. */
const WAIT_MS = 5_000;

type Waiter = {
  bytes: number;
  binId: string;
  address: string;
  since: number;
  done: (got: boolean) => void;
};

/**
 * Bounds the bytes received and not yet committed: `bytesMax` in all, a quarter of it for one bin and for one address,
 * so that no flood takes the room of the others. A declared body takes its room whole before its first byte is read:
 * two half-read bodies can then never wait for each other.
 */
export class BufferRoom {
  readonly #bytesMax: number;
  readonly #shareMax: number;
  #used = 0;
  readonly #byBin = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();
  #waiting: Waiter[] = [];

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
    this.#shareMax = Math.floor(bytesMax / 4);
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** Takes room at once, or answers false. */
  tryTake(binId: string, address: string, bytes: number): boolean {
    if (!this.#fits(binId, address, bytes)) return false;
    this.#used += bytes;
    add(this.#byBin, binId, bytes);
    add(this.#byAddress, address, bytes);
    return true;
  }

  /** Takes room as soon as there is some: calls `done(true)`, or `done(false)` after five seconds. */
  take(binId: string, address: string, bytes: number, done: (got: boolean) => void): void {
    if (this.tryTake(binId, address, bytes)) done(true);
    else this.#waiting.push({ bytes, binId, address, since: performance.now(), done });
  }

  give(binId: string, address: string, bytes: number): void {
    this.#used -= bytes;
    add(this.#byBin, binId, -bytes);
    add(this.#byAddress, address, -bytes);
    if (this.#waiting.length > 0) this.#admit();
  }

  /** Called every second: turns away who has waited too long. */
  sweep(now = performance.now()): void {
    if (this.#waiting.length === 0) return;
    const late = this.#waiting.filter((waiter) => now - waiter.since >= WAIT_MS);
    if (late.length === 0) return;
    this.#waiting = this.#waiting.filter((waiter) => now - waiter.since < WAIT_MS);
    for (const waiter of late) waiter.done(false);
  }

  #fits(binId: string, address: string, bytes: number): boolean {
    return (
      this.#used + bytes <= this.#bytesMax &&
      (this.#byBin.get(binId) ?? 0) + bytes <= this.#shareMax &&
      (this.#byAddress.get(address) ?? 0) + bytes <= this.#shareMax
    );
  }

  /** In the order of arrival, but a bin that is over its share does not hold up the next one. */
  #admit(): void {
    const admitted: Waiter[] = [];
    this.#waiting = this.#waiting.filter((waiter) => {
      if (!this.tryTake(waiter.binId, waiter.address, waiter.bytes)) return true;
      admitted.push(waiter);
      return false;
    });
    for (const waiter of admitted) waiter.done(true);
  }
}

function add(counts: Map<string, number>, key: string, bytes: number): void {
  const left = (counts.get(key) ?? 0) + bytes;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
