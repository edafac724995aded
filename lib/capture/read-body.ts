import { createHash, type Hash, hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { PieceList } from "./piece-list.ts";

/** A body as far as it came, in its pieces: at most the limit. */
export type ReadBody = {
  pieces: Buffer[];
  size: number;
  sha256: Buffer;
  /** More came than is kept. */
  truncated: boolean;
  /** Why it ended before its end; null when it is whole. */
  broken: "sender_gone" | "stalled" | "no_room" | null;
};

export const EMPTY_SHA256 = hash("sha256", "", "buffer");

const WHOLE_MS_MAX = 60_000;
const WINDOW_MS = 10_000;
const WINDOW_BYTES_MIN = 10 * 1024;
/** An undeclared body takes room in steps of this; the first was taken before it began. */
export const GROW_BYTES = 64 * 1024;
/** How long an undeclared body waits for its next step. */
const GROW_WAIT_MS = 5_000;

/** Reads one body up to a limit, and ends once: at its end, at the limit, when the sender is gone, or when it stalls. */
export class BodyReader {
  readonly #request: IncomingMessage;
  readonly #bytesMax: number;
  /** Asks for room beyond what was taken, for a body of no declared size. */
  readonly #grow: ((bytes: number) => boolean) | null;
  #granted = GROW_BYTES;
  readonly #done: (body: ReadBody) => void;
  readonly #startedAt = performance.now();
  readonly #pieces = new PieceList();
  /** The only piece so far: it is hashed in one call if no second one comes. */
  #first: Buffer | null = null;
  #hash: Hash | null = null;
  #size = 0;
  #windowStart = this.#startedAt;
  #windowSize = 0;
  #ended = false;

  constructor(parts: {
    request: IncomingMessage;
    bytesMax: number;
    grow: ((bytes: number) => boolean) | null;
    done: (body: ReadBody) => void;
  }) {
    this.#request = parts.request;
    this.#bytesMax = parts.bytesMax;
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
      this.#first = piece;
    } else {
      this.#hash ??= createHash("sha256").update(this.#first ?? "");
      this.#hash.update(piece);
    }
    this.#pieces.add(piece);
    this.#size += piece.byteLength;
  }

  #end(truncated: boolean, broken: ReadBody["broken"]): void {
    if (this.#ended) return;
    this.#ended = true;
    const sha256 = this.#digest();
    this.#first = null;
    this.#done({ pieces: this.#pieces.take(), size: this.#size, sha256, truncated, broken });
  }

  #digest(): Buffer {
    if (this.#hash) return this.#hash.digest();
    return this.#first ? hash("sha256", this.#first, "buffer") : EMPTY_SHA256;
  }
}
