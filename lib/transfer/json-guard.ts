/**
 * Limits of what one request's JSON may be made of. Parsed, an empty object takes sixty bytes for two: a body's worth of
 * them would fill the memory.
 */
const DEPTH_MAX = 32;
const VALUES_MAX = 100_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Goes through JSON as it comes, byte by byte but for what stands between quotes. It checks nothing but where things end. */
export class JsonWalker {
  depth = 0;
  #isInString = false;
  /** The string so far ends with an odd number of backslashes. */
  #isEscaped = false;

  get isInString(): boolean {
    return this.#isInString;
  }

  /** Calls back for each byte outside of strings, and once for the whole of each string's part in `chunk`. */
  walk(
    chunk: Uint8Array,
    onByte: (byte: number, at: number) => void,
    onText: (from: number, to: number, isOver: boolean) => void = () => {},
  ): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#isInString) {
        const end = this.#endOfString(chunk, at);
        onText(at, end, !this.#isInString);
        at = this.#isInString ? end : end + 1;
        continue;
      }
      const byte = chunk[at] as number;
      if (byte === QUOTE) this.#isInString = true;
      else {
        if (byte === 0x7b || byte === 0x5b) this.depth += 1;
        if (byte === 0x7d || byte === 0x5d) this.depth -= 1;
        onByte(byte, at);
      }
      at += 1;
    }
  }

  /** Where the string's closing quote is; the chunk's end when it is not in there. */
  #endOfString(chunk: Uint8Array, from: number): number {
    let start = from;
    for (;;) {
      const quote = chunk.indexOf(QUOTE, start);
      const end = quote < 0 ? chunk.length : quote;
      let slashes = 0;
      while (end - slashes > start && chunk[end - slashes - 1] === BACKSLASH) slashes += 1;
      const reachesStart = end - slashes === start && this.#isEscaped;
      const isOdd = (slashes + (reachesStart ? 1 : 0)) % 2 === 1;
      if (quote < 0) {
        this.#isEscaped = isOdd;
        return end;
      }
      this.#isEscaped = false;
      if (!isOdd) {
        this.#isInString = false;
        return quote;
      }
      start = quote + 1;
    }
  }
}

/** Counts what a request's JSON is made of. */
export class JsonGuard {
  #values = 0;
  #deepest = 0;

  note(byte: number, depth: number): void {
    if (byte === 0x2c || byte === 0x7b || byte === 0x5b) this.#values += 1;
    if (depth > this.#deepest) this.#deepest = depth;
  }

  /** Why it can't be parsed without harm, or null. */
  get refusal(): string | null {
    if (this.#deepest > DEPTH_MAX) return `It is nested deeper than ${DEPTH_MAX}.`;
    if (this.#values > VALUES_MAX) return `It holds more than ${VALUES_MAX} values.`;
    return null;
  }
}

/** Why a whole JSON text can't be parsed without harm, or null. */
export function guardJson(bytes: Uint8Array): string | null {
  const walker = new JsonWalker();
  const guard = new JsonGuard();
  walker.walk(bytes, (byte) => guard.note(byte, walker.depth));
  return guard.refusal;
}
