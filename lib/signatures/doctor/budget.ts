/** Bytes that are signed on the way to a diagnosis: half a second or so, in pieces between which others have their turn. */
const BYTES_MAX = 192 * 1_048_576;
const TRIES_MAX = 3_000;

/** What may still be tried. */
export class Budget {
  tried = 0;
  isSpent = false;
  #bytes = 0;

  /** False when there is nothing left for a message of this length. */
  take(bytes: number): boolean {
    this.isSpent ||= this.tried >= TRIES_MAX || this.#bytes + bytes > BYTES_MAX;
    if (this.isSpent) return false;
    this.tried += 1;
    this.#bytes += bytes;
    return true;
  }
}
