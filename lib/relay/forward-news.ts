import type { Forward } from "../contract/forwards.ts";
import type { Hints } from "../live/hints.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";

/** Of one bin. A stream can settle thousands; a page shows those of one request, and reads them when it opens it. */
const PER_SECOND_MAX = 20;

type NewsParts = {
  live: Pick<Live, "forward" | "watching">;
  hints: Pick<Hints, "tell">;
  store: Pick<Store, "forwards">;
  log: Log;
};

/** Tells pages of the forwards that streams settle, as many as make sense. */
export class ForwardNews {
  readonly #parts: NewsParts;
  readonly #told = new Map<string, number>();
  #second = 0;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** After a forward's try is stored. `isWaitedFor`: another process may need to know. */
  settled({ id, binId }: Pick<Forward, "id"> & { binId: string }, isWaitedFor: boolean): void {
    const { live, hints, log } = this.#parts;
    const isTold = this.#take(binId);
    if (isTold && live.watching(binId)) {
      this.#tell(binId, id).catch((error: unknown) =>
        log.debug({ err: error }, "a forward not told"),
      );
    } else if (isTold || isWaitedFor) {
      hints.tell({ kind: "forward", binId, forwardId: id });
    }
  }

  async #tell(binId: string, id: string): Promise<void> {
    const forward = await this.#parts.store.forwards.get(binId, id);
    if (forward) this.#parts.live.forward(binId, forward);
  }

  #take(binId: string): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#told.clear();
    this.#second = second;
    const told = this.#told.get(binId) ?? 0;
    this.#told.set(binId, told + 1);
    return told < PER_SECOND_MAX;
  }
}
