import { widthOf } from "./width.ts";

type Stream = Pick<NodeJS.WriteStream, "write"> & { columns?: number };

/**
 * The last lines of a terminal, which are drawn again in their place while lines that stay are printed above them. Nothing
 * but this may write to the terminal meanwhile.
 */
export class LiveArea {
  readonly #stream: Stream;
  #shown: readonly string[] = [];

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** Prints lines that stay, and draws the area below them, in one go: nothing flickers. */
  update(staying: readonly string[], shown: readonly string[]): void {
    const isSame =
      shown.length === this.#shown.length && shown.every((line, at) => line === this.#shown[at]);
    if (isSame && staying.length === 0) return;
    const erased = this.#erased();
    this.#shown = [...shown];
    this.#stream.write(erased + staying.map((line) => `${line}\n`).join("") + shown.join("\n"));
  }

  /** To the first column of the area, all below it cleared. A terminal made narrower has wrapped its lines. */
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
