import { widthOf } from "./width.ts";

type Stream = NodeJS.WriteStream;

/**
 * The last lines of a terminal, which are drawn again in their place while lines that stay are printed above them. Nothing but
 * this may write to the terminal meanwhile.
 */
export class LiveArea {
  readonly #stream: Stream;
  #shown: string[] = [];

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** A line that stays. */
  print(line: string): void {
    this.#stream.write(`${this.#erased()}${line}\n${this.#shown.join("\n")}`);
  }

  /** The lines below all others, each no wider than the terminal. */
  show(lines: readonly string[]): void {
    if (lines.length === this.#shown.length && lines.every((line, at) => line === this.#shown[at]))
      return;
    const erased = this.#erased();
    this.#shown = [...lines];
    this.#stream.write(erased + this.#shown.join("\n"));
  }

  clear(): void {
    this.#stream.write(this.#erased());
    this.#shown = [];
  }

  /** To the first column of the first shown line, all below it cleared. A terminal made narrower has wrapped them. */
  #erased(): string {
    if (this.#shown.length === 0) return "";
    const columns = this.#stream.columns || 80;
    const rows = this.#shown.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)),
      0,
    );
    return `\r${rows > 1 ? `\x1b[${rows - 1}A` : ""}\x1b[J`;
  }
}
