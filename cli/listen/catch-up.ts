import type { Welcome } from "#lib/contract/relay.ts";

/** Counts what was missed, until all of it was handed over or told as passed. */
export class CatchUp {
  readonly #onCaughtUp: (count: number) => void;
  #total = 0;
  #left = 0;
  #through = 0;

  constructor(onCaughtUp: (count: number) => void) {
    this.#onCaughtUp = onCaughtUp;
  }

  begin({ missed, lastSeq }: Pick<Welcome, "missed" | "lastSeq">): void {
    this.#total = missed;
    this.#left = missed;
    this.#through = lastSeq;
  }

  /** `count` requests of the stream, up to this seq. */
  handedOver(seq: number, count: number): void {
    if (this.#left === 0) return;
    this.#left = seq >= this.#through ? 0 : Math.max(0, this.#left - count);
    if (this.#left === 0) this.#onCaughtUp(this.#total);
  }
}
