import type { DeliveryEdit } from "../contract/relay.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { isHooklensError } from "../errors.ts";
import { goesInCircle } from "../forward/circle.ts";
import { draftOf } from "../forward/draft.ts";
import { resignedEdit, type SecretsOf } from "../forward/resign.ts";
import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { DueForward, Hold, TurnView } from "../store/turns.ts";
import type { Bucket } from "./throttle.ts";

/** A listener may be away for a moment: a laptop changes its network, a server restarts. */
const AWAY_MS_MAX = 30_000;
const LOOK_EVERY_MS = 1_000;
/** For the report of one that a turn which ended had handed over. */
const RESUMED_MS_MAX = 60_000;

/** The way to listeners, whichever process has their connections. */
export type Listeners = {
  isConnected: (binId: string, name: string) => Promise<boolean>;
  /** Resolves when the forward, which lies in the table for that listener, is settled or gone. */
  carried: (
    binId: string,
    forwardId: string,
    how: { listener: string; msMax: number },
  ) => Promise<void>;
};

export type CarryingParts = {
  store: Pick<DestinationStore, "handOver" | "endCarried" | "bury" | "drop">;
  listeners: Listeners;
  body: (binId: string, requestId: string) => Promise<Buffer | null>;
  secretsOf: SecretsOf;
  /** Stops a resend that can't go on. */
  giveUp: (binId: string, resendId: string) => Promise<void>;
  /** After the end of one is stored. */
  onCarried: (binId: string) => void;
  log: Log;
};

type View = Pick<TurnView, "binId" | "settings">;

/** A resend's way through a listener: beside its stream, each forward handed over once. */
export class Carrying {
  readonly #hold: Hold;
  readonly #parts: CarryingParts;
  readonly #name: string;
  readonly #underWay = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #heardAt = performance.now();
  #isConnected = false;

  constructor(hold: Hold, name: string, parts: CarryingParts) {
    this.#hold = hold;
    this.#name = name;
    this.#parts = parts;
  }

  isUnderWay(forwardId: string): boolean {
    return this.#underWay.has(forwardId);
  }

  /** Whether something can be handed over now: else it is "away", or "gone" for too long. */
  async standing(binId: string): Promise<"there" | "away" | "gone"> {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now;
      this.#isConnected = await this.#parts.listeners.isConnected(binId, this.#name);
      if (this.#isConnected) this.#heardAt = now;
    }
    if (this.#isConnected) return "there";
    return now - this.#heardAt > AWAY_MS_MAX ? "gone" : "away";
  }

  /** The one that it stopped at says why; what was never tried is not sent. */
  async giveUp(binId: string, head: DueForward): Promise<void> {
    const { store, giveUp } = this.#parts;
    await store.bury(this.#hold, [{ forwardId: head.forwardId, reason: "no_listener" }]);
    await giveUp(binId, this.#hold.destinationId);
  }

  /**
   * Hands one over and resolves when what came of it is stored. One that an earlier turn handed over is only waited for:
   * none is sent twice. False when it could not be handed over, and so waits with all behind it.
   */
  async take(due: DueForward, view: View, bucket: Bucket): Promise<boolean> {
    const { forwardId } = due;
    const { binId } = view;
    const { listeners, store, onCarried } = this.#parts;
    this.#underWay.add(forwardId);
    try {
      const edit = due.tries > 0 ? null : await this.#editOf(due, view);
      if (edit === "ended") return true;
      const given = { forwardId, listener: this.#name, edit };
      if (due.tries === 0 && !(await store.handOver(this.#hold, given, bucket))) {
        // Most likely it has left since the last look.
        this.#lookedAt = Number.NEGATIVE_INFINITY;
        return false;
      }
      const msMax = due.tries > 0 ? RESUMED_MS_MAX : Number.POSITIVE_INFINITY;
      await listeners.carried(binId, forwardId, { listener: this.#name, msMax });
      await store.endCarried(this.#hold, forwardId);
      onCarried(binId);
      return true;
    } finally {
      this.#underWay.delete(forwardId);
    }
  }

  /** What a new signature changes, if anything. "ended": it is not to be sent. */
  async #editOf({ forwardId, request, body }: DueForward, view: View) {
    const { store } = this.#parts;
    if (!request) return "ended";
    if (goesInCircle(request.headers)) {
      await store.bury(this.#hold, [{ forwardId, reason: "in_circle" }]);
      return "ended";
    }
    const edit = view.settings.resign ? await this.#signed(request, body) : null;
    if (edit === "unsigned" || edit === "gone") {
      if (edit === "gone") await store.drop(this.#hold, [forwardId]);
      else await store.bury(this.#hold, [{ forwardId, reason: "unsigned" }]);
      return "ended";
    }
    return edit;
  }

  async #signed(
    request: CapturedRequest,
    inline: Buffer | null,
  ): Promise<DeliveryEdit | "unsigned" | "gone"> {
    const { body: read, secretsOf } = this.#parts;
    const body =
      inline ?? (request.bodySize === 0 ? Buffer.alloc(0) : await read(request.binId, request.id));
    if (!body) return "gone";
    try {
      const draft = draftOf(request, body, undefined);
      return await resignedEdit({ captured: request, body, draft, secretsOf }, null);
    } catch (error) {
      if (isHooklensError(error)) return "unsigned";
      throw error;
    }
  }
}
