import { type Hint, packHints, printHint } from "./hint.ts";

const LINES_MAX = 20_000;

/** Hints on their way out: many captures of one bin become one hint, and too many hints become "everything". */
export class HintQueue {
  readonly #lastSeqs = new Map<string, number>();
  /** In the order told, so that removals keep theirs. */
  readonly #lines = new Set<string>();

  get size(): number {
    return this.#lastSeqs.size + this.#lines.size;
  }

  add(hint: Hint): void {
    if (hint.kind === "captured") {
      const known = this.#lastSeqs.get(hint.binId) ?? 0;
      this.#lastSeqs.set(hint.binId, Math.max(known, hint.lastSeq));
    } else {
      this.#lines.add(printHint(hint));
    }
    if (this.size > LINES_MAX) this.collapse();
  }

  /** In the place of all hints: look at everything again. */
  collapse(): void {
    this.#lastSeqs.clear();
    this.#lines.clear();
    this.#lines.add(printHint({ kind: "everything" }));
  }

  /** Empties the queue into payloads. */
  take(): string[] {
    const lines = [...this.#lines];
    for (const [binId, lastSeq] of this.#lastSeqs) {
      lines.push(printHint({ kind: "captured", binId, lastSeq }));
    }
    this.#lastSeqs.clear();
    this.#lines.clear();
    return packHints(lines);
  }
}
