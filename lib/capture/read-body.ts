import { createHash, type Hash, hash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** A body as far as it came. `bytes` is at most the limit; the hash is of `bytes`. */
export type ReadBody = {
  bytes: Buffer;
  sha256: Buffer;
  /** More came than is kept. */
  truncated: boolean;
  /** Why it ended before its end; null when it is whole. */
  broken: "sender_gone" | "stalled" | "no_room" | null;
};

export const EMPTY_SHA256 = hash("sha256", "", "buffer");
const EMPTY = Buffer.alloc(0);

const WHOLE_MS_MAX = 60_000;
const WINDOW_MS = 10_000;
const WINDOW_BYTES_MIN = 10 * 1024;
/** An undeclared body takes room in steps of this; the first was taken before it began. */
export const GROW_BYTES = 64 * 1024;
/** How long an undeclared body waits for its next step. */
const GROW_WAIT_MS = 5_000;

/**
 * Reads one body up to a limit, and ends once: at its end, at the limit, when the sender is gone, or when it stalls.
 * A body of one piece (most are) is kept as the view it came in; a larger declared one is filled into one buffer.
 */
export class BodyReader {
  readonly #request: IncomingMessage;
  readonly #bytesMax: number;
  /** Asks for room beyond what was taken, for a body of no declared size. */
  readonly #grow: ((bytes: number) => boolean) | null;
  #granted = GROW_BYTES;
  readonly #done: (body: ReadBody) => void;
  readonly #startedAt = performance.now();
  readonly #pieces: Buffer[] = [];
  /** The one buffer for a declared size, once a second piece shows that it is needed. */
  #whole: Buffer | null = null;
  readonly #declaredSize: number;
  #hash: Hash | null = null;
  #size = 0;
  #windowStart = this.#startedAt;
  #windowSize = 0;
  #ended = false;

  constructor(parts: {
    request: IncomingMessage;
    bytesMax: number;
    declaredSize: number | null;
    grow: ((bytes: number) => boolean) | null;
    done: (body: ReadBody) => void;
  }) {
    this.#request = parts.request;
    this.#bytesMax = parts.bytesMax;
    this.#declaredSize = Math.min(parts.declaredSize ?? 0, parts.bytesMax);
    this.#grow = parts.grow;
    this.#done = parts.done;
  }

  start(): void {
    this.#request.on("data", this.#onData);
    this.#request.on("end", this.#onEnd);
    this.#request.on("close", this.#onClose);
    this.#request.on("error", this.#onClose);
    // Gone while it waited for its turn: nothing further will be emitted.
    if (this.#request.destroyed) this.#onClose();
  }

  /** Called every second. 60 s for the whole, and at least 1 KB/s in every 10 s. */
  checkPace(now: number): void {
    const slow = now - this.#windowStart >= WINDOW_MS;
    if (
      now - this.#startedAt >= WHOLE_MS_MAX ||
      (slow && this.#size - this.#windowSize < WINDOW_BYTES_MIN)
    ) {
      this.#end(false, "stalled");
    } else if (slow) {
      this.#windowStart = now;
      this.#windowSize = this.#size;
    }
  }

  /** The server stops: what has come is what there is. */
  abandon(): void {
    this.#end(false, "stalled");
  }

  /** The listeners stay after the end: to take them off costs more than to let them find it. */
  readonly #onData = (piece: Buffer) => {
    if (this.#ended) return;
    if (this.#grow && this.#size + piece.byteLength > this.#granted)
      return this.#waitForRoom(piece, this.#grow);
    const room = this.#bytesMax - this.#size;
    this.#keep(piece.byteLength > room ? piece.subarray(0, room) : piece);
    if (piece.byteLength > room) this.#end(true, null);
  };

  /** Holds the sender back until there is room for the piece. */
  #waitForRoom(piece: Buffer, grow: (bytes: number) => boolean): void {
    const missing = Math.min(this.#size + piece.byteLength, this.#bytesMax) - this.#granted;
    const step = Math.ceil(missing / GROW_BYTES) * GROW_BYTES;
    const since = performance.now();
    const tryAgain = () => {
      if (this.#ended) return;
      if (step > 0 && !grow(step)) {
        if (performance.now() - since >= GROW_WAIT_MS) return this.#end(false, "no_room");
        this.#request.pause();
        setTimeout(tryAgain, 50);
        return;
      }
      this.#granted += Math.max(step, piece.byteLength);
      this.#request.resume();
      this.#onData(piece);
    };
    tryAgain();
  }

  readonly #onEnd = () => this.#end(false, null);
  readonly #onClose = () => this.#end(false, "sender_gone");

  #keep(piece: Buffer): void {
    if (piece.byteLength === 0) return;
    if (this.#size === 0) {
      this.#pieces.push(piece);
    } else {
      this.#hash ??= this.#openHash();
      this.#hash.update(piece);
      if (this.#whole) piece.copy(this.#whole, this.#size);
      else this.#pieces.push(piece);
    }
    this.#size += piece.byteLength;
  }

  /** At the second piece: from here on the hash grows with the body, and a declared body has its one buffer. */
  #openHash(): Hash {
    const first = this.#pieces[0] ?? EMPTY;
    if (this.#declaredSize > first.byteLength) {
      this.#whole = Buffer.allocUnsafeSlow(this.#declaredSize);
      first.copy(this.#whole);
      this.#pieces.length = 0;
    }
    return createHash("sha256").update(first);
  }

  #bytes(): Buffer {
    if (this.#whole) return this.#whole.subarray(0, this.#size);
    if (this.#pieces.length <= 1) return this.#pieces[0] ?? EMPTY;
    return Buffer.concat(this.#pieces, this.#size);
  }

  #end(truncated: boolean, broken: ReadBody["broken"]): void {
    if (this.#ended) return;
    this.#ended = true;
    const bytes = this.#bytes();
    this.#pieces.length = 0;
    this.#whole = null;
    this.#done({ bytes, sha256: this.#digest(bytes), truncated, broken });
  }

  #digest(bytes: Buffer): Buffer {
    if (this.#hash) return this.#hash.digest();
    return bytes.byteLength === 0 ? EMPTY_SHA256 : hash("sha256", bytes, "buffer");
  }
}
