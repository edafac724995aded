import type { Hints } from "../live/hints.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { Store } from "../store/store.ts";

/**
 * Of one bin, in a second: forwards, and bytes of their answers' bodies. A stream can settle thousands; a page shows those
 * of one request, and reads them when it opens it.
 */
const FORWARDS_MAX = 20;
const BYTES_MAX = 256 * 1024;

type Tried = {
  forward: { id: string; binId: string };
  attempt: Pick<NewAttempt, "body">;
  isWaitedFor: boolean;
};

type NewsParts = {
  live: Pick<Live, "forward" | "watching">;
  hints: Pick<Hints, "tell">;
  store: Pick<Store, "forwards">;
  log: Log;
};

/** Tells pages of the forwards that streams and destinations settle, as many as make sense. */
export class ForwardNews {
  readonly #parts: NewsParts;
  /** What each bin has used of this second: 1 is all of it. */
  readonly #used = new Map<string, number>();
  #second = 0;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** After a forward's try is stored. */
  settled({ forward: { id, binId }, attempt, isWaitedFor }: Tried): void {
    const { live, hints, log } = this.#parts;
    const isTold = this.#take(binId, 1 / FORWARDS_MAX + attempt.body.length / BYTES_MAX);
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

  #take(binId: string, share: number): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#used.clear();
    this.#second = second;
    const used = this.#used.get(binId) ?? 0;
    this.#used.set(binId, used + share);
    return used < 1;
  }
}
