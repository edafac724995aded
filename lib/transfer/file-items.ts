import { guardJson, JsonGuard, JsonWalker } from "./json-guard.ts";

/** One line or entry of a file, from 1 on: its bytes, or why it is not taken. */
export type FileItem = { place: number; bytes: Buffer } | { place: number; refusal: string };

const NEWLINE = 0x0a;

/** What belongs to one item, as it comes: no more of it than allowed is kept. */
class Gathered {
  readonly #bytesMax: number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** `piece` may lie in memory that is used again. */
  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#bytes > this.#bytesMax) this.#pieces = [];
    else this.#pieces.push(Buffer.from(piece));
  }

  drop(): void {
    this.#pieces = [];
  }

  /** Hands over what there is, and begins anew. */
  take(place: number, refusal: string | null = null): FileItem {
    const [bytes, pieces] = [this.#bytes, this.#pieces];
    this.#bytes = 0;
    this.#pieces = [];
    if (refusal !== null) return { place, refusal };
    if (bytes > this.#bytesMax) return { place, refusal: tooLong(bytes, this.#bytesMax) };
    return { place, bytes: Buffer.concat(pieces) };
  }
}

const tooLong = (bytes: number, max: number) =>
  `It takes ${bytes.toLocaleString("en")} bytes; at most ${max.toLocaleString("en")} are read here.`;

/** The lines of a file that are not empty. Of a line that is too long, or too much to parse, only that is said. */
export async function* linesOf(
  file: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<FileItem> {
  const gathered = new Gathered(bytesMax);
  let place = 0;
  for await (const chunk of file) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      gathered.add(chunk.subarray(from, end));
      from = end + 1;
      place += 1;
      if (gathered.bytes > 0) yield guarded(gathered.take(place));
    }
    gathered.add(chunk.subarray(from));
  }
  if (gathered.bytes > 0) yield guarded(gathered.take(place + 1));
}

function guarded(item: FileItem): FileItem {
  const refusal = "bytes" in item ? guardJson(item.bytes) : null;
  return refusal === null ? item : { place: item.place, refusal };
}

/** Depths of a HAR: within the file, within `log`, within `entries`. */
const LOG_DEPTH = 2;
const ENTRIES_DEPTH = 3;
const NAME_BYTES_MAX = 16;

/** The entries of a HAR, one after the other, without the rest of it in memory. `isWhole` is known at the end. */
export class HarEntries {
  readonly #walker = new JsonWalker();
  readonly #gathered: Gathered;
  #guard = new JsonGuard();
  #place = 0;
  /** The last string at a place where names may stand, and the name that the innermost object has. */
  #name = "";
  #logName = "";
  #isInEntries = false;
  /** Where the entry that is gathered begins in the chunk; -1: there is none. */
  #from = -1;
  #hasRoot = false;
  #ready: FileItem[] = [];

  constructor(bytesMax: number) {
    this.#gathered = new Gathered(bytesMax);
  }

  /** Whether all that was opened was closed. */
  get isWhole(): boolean {
    return this.#hasRoot && this.#walker.depth === 0 && !this.#walker.isInString;
  }

  async *read(file: AsyncIterable<Uint8Array>): AsyncGenerator<FileItem> {
    for await (const chunk of file) {
      if (this.#from >= 0) this.#from = 0;
      this.#walker.walk(
        chunk,
        (byte, at) => this.#note(chunk, byte, at),
        (from, to) => this.#noteText(chunk, from, to),
      );
      if (this.#from >= 0) this.#keep(chunk.subarray(this.#from));
      yield* this.#ready.splice(0);
    }
  }

  #note(chunk: Uint8Array, byte: number, at: number): void {
    const { depth } = this.#walker;
    if (this.#from >= 0) return this.#within(chunk, byte, at, depth);
    if (byte === 0x7b && depth === 1) this.#hasRoot = true;
    if (byte === 0x7b && depth === LOG_DEPTH) this.#logName = this.#name;
    if (byte === 0x5b && depth === ENTRIES_DEPTH && !this.#isInEntries)
      this.#isInEntries = this.#logName === "log" && this.#name === "entries";
    if (byte === 0x5d && depth < ENTRIES_DEPTH) this.#isInEntries = false;
    if (byte === 0x7b && depth === ENTRIES_DEPTH + 1 && this.#isInEntries) {
      this.#from = at;
      this.#guard = new JsonGuard();
    }
    if (byte !== 0x3a && byte > 0x20) this.#name = "";
  }

  #within(chunk: Uint8Array, byte: number, at: number, depth: number): void {
    this.#guard.note(byte, depth - ENTRIES_DEPTH);
    if (depth !== ENTRIES_DEPTH) return;
    this.#keep(chunk.subarray(this.#from, at + 1));
    this.#place += 1;
    this.#ready.push(this.#gathered.take(this.#place, this.#guard.refusal));
    this.#from = -1;
  }

  #keep(piece: Uint8Array): void {
    this.#gathered.add(piece);
    if (this.#guard.refusal !== null) this.#gathered.drop();
  }

  #noteText(chunk: Uint8Array, from: number, to: number): void {
    if (this.#from >= 0 || this.#name.length > NAME_BYTES_MAX) return;
    this.#name += Buffer.from(chunk.subarray(from, Math.min(to, from + NAME_BYTES_MAX))).toString(
      "latin1",
    );
  }
}
