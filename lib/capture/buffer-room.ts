/** How long a sender waits for room before it gets a 503. */
const WAIT_MS = 5_000;

type Waiter = { bytes: number; since: number; done: (got: boolean) => void };

/** Who waits for the same room, in the order of arrival. */
type Line = { binId: string; address: string; waiters: Waiter[] };

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
  readonly #lines = new Map<string, Line>();
  #willAdmit = false;

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
    if (this.tryTake(binId, address, bytes)) return done(true);
    const key = `${binId} ${address}`;
    const line = this.#lines.get(key) ?? { binId, address, waiters: [] };
    line.waiters.push({ bytes, since: performance.now(), done });
    this.#lines.set(key, line);
  }

  give(binId: string, address: string, bytes: number): void {
    this.#used -= bytes;
    add(this.#byBin, binId, -bytes);
    add(this.#byAddress, address, -bytes);
    if (this.#lines.size === 0 || this.#willAdmit) return;
    // Once for all that a commit gives back: tried at each, thousands who wait would stop the process.
    this.#willAdmit = true;
    queueMicrotask(() => this.#admit());
  }

  /** Called every second: turns away who has waited too long. */
  sweep(now = performance.now()): void {
    const late = [...this.#lines].flatMap(([key, line]) =>
      this.#leave(key, line, (waiter) => now - waiter.since >= WAIT_MS),
    );
    for (const waiter of late) waiter.done(false);
  }

  #fits(binId: string, address: string, bytes: number): boolean {
    return (
      this.#used + bytes <= this.#bytesMax &&
      (this.#byBin.get(binId) ?? 0) + bytes <= this.#shareMax &&
      (this.#byAddress.get(address) ?? 0) + bytes <= this.#shareMax
    );
  }

  /** In the order of arrival, but who is over a share does not hold up the next line. */
  #admit(): void {
    this.#willAdmit = false;
    const admitted = [...this.#lines].flatMap(([key, line]) =>
      this.#leave(key, line, (waiter) => this.tryTake(line.binId, line.address, waiter.bytes)),
    );
    for (const waiter of admitted) waiter.done(true);
  }

  /** Takes those off the front of a line that `may` leave, up to the first that may not. */
  #leave(key: string, line: Line, may: (waiter: Waiter) => boolean): Waiter[] {
    const staying = line.waiters.findIndex((waiter) => !may(waiter));
    const count = staying < 0 ? line.waiters.length : staying;
    if (count === line.waiters.length) this.#lines.delete(key);
    return line.waiters.splice(0, count);
  }
}

function add(counts: Map<string, number>, key: string, bytes: number): void {
  const left = (counts.get(key) ?? 0) + bytes;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
