import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config.ts";
import { toAttempt } from "../forward/attempt.ts";
import type { Outgoing } from "../forward/outgoing.ts";
import type { SendResult } from "../forward/send.ts";
import type { Target } from "../forward/target.ts";
import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import type { DueForward, Hold, TurnView } from "../store/turns.ts";
import type { Carrying } from "./carrying.ts";
import { afterAttempt, attemptsAllowed, type Circuit, CLOSED } from "./circuit.ts";
import { judge, signOf } from "./judge.ts";
import { paceOf } from "./pace.ts";
import { makeReady, type Ready, type ReadyParts } from "./ready.ts";
import { Settling } from "./settling.ts";
import { type Bucket, refilled, untilNext } from "./throttle.ts";
import type { Wake } from "./wake.ts";

/** Attempts under way at once: more would only queue at a target that is slow. */
const AT_ONCE = 16;
/** While captures leave hardly any time. */
const AT_ONCE_BUSY = 2;

export type AttemptsParts = ReadyParts & {
  store: Pick<DestinationStore, "begin" | "settle" | "kindOf">;
  config: Pick<Config, "forward">;
  isBusy: () => boolean;
  /** One try; never rejects. */
  send: (binId: string, request: Outgoing, target: Target) => Promise<SendResult>;
  log: Log;
};

/** What they need of the turn that they belong to. */
type OfTurn = {
  /** By the database's clock, milliseconds since 1970. */
  now: () => number;
  /** Notified when one has ended. */
  wake: Wake;
  /** After they are stored. */
  onSettled: (outcomes: readonly TurnOutcome[]) => void;
  /** One that was read could not be handed over. */
  onLeft: () => void;
};

/**
 * The attempts of a turn: begins them and has them settled. It alone knows how many are under way, how the circuit breaker
 * stands and what the throttle has left.
 */
export class Attempts {
  readonly #hold: Hold;
  readonly #parts: AttemptsParts;
  readonly #turn: OfTurn;
  readonly #settling: Settling;
  #circuit: Circuit = CLOSED;
  #bucket: Bucket = { tokens: 0, atMs: 0 };
  #underWay = 0;

  constructor(hold: Hold, parts: AttemptsParts, turn: OfTurn) {
    this.#hold = hold;
    this.#parts = parts;
    this.#turn = turn;
    this.#settling = new Settling({
      hold,
      store: parts.store,
      circuit: () => this.#circuit,
      onSettled: (outcomes) => this.#settled(outcomes),
      log: parts.log,
    });
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Takes over what is stored. While attempts are under way, what has come since lies here only. */
  meet({ bucket, circuit }: TurnView, isFirst: boolean): void {
    if (isFirst) this.#bucket = bucket;
    if (this.#underWay === 0) this.#circuit = circuit;
  }

  /** How many may begin now; if none, the milliseconds until one may, as far as is known. */
  room({ settings, urls }: TurnView): { count: number; waitMs: number } {
    const { isBusy, config } = this.#parts;
    const nowMs = this.#turn.now();
    const free = isBusy() ? AT_ONCE_BUSY : AT_ONCE;
    const most = settings.ordered ? 1 : free;
    const slots = attemptsAllowed(this.#circuit, most, nowMs) - this.#underWay;
    if (slots <= 0) return { count: 0, waitMs: (this.#circuit.probeAtMs ?? 0) - nowMs };
    const pace = paceOf(settings, urls, config.forward);
    this.#bucket = refilled(this.#bucket, pace, nowMs);
    const tokens = Math.floor(this.#bucket.tokens);
    if (tokens < 1) return { count: 0, waitMs: untilNext(this.#bucket, pace) };
    return { count: Math.min(slots, tokens), waitMs: 0 };
  }

  /** Hands them to a listener. */
  carry(all: readonly DueForward[], view: TurnView, carrying: Carrying): void {
    for (const due of all) void this.#carry(due, view, carrying);
  }

  /** Those that no memory is free for come back. "lost": another turn has begun, or all of them were removed. */
  async begin(all: readonly DueForward[], view: TurnView): Promise<readonly DueForward[] | "lost"> {
    const ready: Ready[] = [];
    try {
      let left: readonly DueForward[] = [];
      for (const [place, due] of all.entries()) {
        const at = { ...view, nowMs: this.#turn.now() };
        const one = await makeReady(this.#parts, this.#hold, due, at);
        if (one === "no room") {
          left = all.slice(place);
          break;
        }
        if (one) ready.push(one);
      }
      const isLost = ready.length > 0 && !(await this.#send(ready, view));
      return isLost ? "lost" : left;
    } finally {
      // Those that are under way are not among them any more.
      for (const { leave } of ready) leave();
    }
  }

  /** Writes down that they are tried, and sends them: false when none could be. Takes those that are sent out of `ready`. */
  async #send(ready: Ready[], view: TurnView): Promise<boolean> {
    const startedAt = new Date(this.#turn.now());
    const beginnings = ready.map(({ due, prepared }) => ({
      forwardId: due.forwardId,
      attemptId: uuidv7(),
      startedAt,
      bodySha256Sent: prepared.bodySha256,
      url: prepared.url,
      changes: prepared.changes,
    }));
    this.#bucket = { ...this.#bucket, tokens: this.#bucket.tokens - ready.length };
    const begun = await this.#parts.store.begin(this.#hold, beginnings, this.#bucket);
    const sending = ready.splice(0);
    for (const [place, one] of sending.entries()) {
      const attemptId = beginnings[place]?.attemptId ?? "";
      if (begun.has(one.due.forwardId)) void this.#try(one, { attemptId, startedAt, view });
      else ready.push(one);
    }
    return begun.size > 0;
  }

  async #try(
    { due, prepared, leave }: Ready,
    { attemptId, startedAt, view }: { attemptId: string; startedAt: Date; view: TurnView },
  ): Promise<void> {
    this.#underWay += 1;
    const isProbe = this.#circuit.openedAtMs !== null;
    const { request, target, url, changes } = prepared;
    const result = await this.#parts.send(view.binId, request, target);
    const nowMs = this.#turn.now();
    const sent = { body: request.body, url, changes };
    const attempt = { ...toAttempt(result, startedAt, sent), id: attemptId };
    const { forwardId, sinceMs } = due;
    const outcome = judge(
      { forwardId, attempt, tries: due.tries + 1, sinceMs, nowMs, isProbe },
      view.settings,
    );
    this.#circuit = afterAttempt(this.#circuit, signOf(outcome), view.settings.breaker, nowMs);
    this.#settling.add(outcome, leave);
  }

  async #carry(due: DueForward, view: TurnView, carrying: Carrying): Promise<void> {
    this.#underWay += 1;
    this.#bucket = { ...this.#bucket, tokens: this.#bucket.tokens - 1 };
    try {
      if (!(await carrying.take(due, view, this.#bucket))) this.#turn.onLeft();
    } catch (error) {
      this.#parts.log.debug({ err: error, forwardId: due.forwardId }, "a forward not carried");
    }
    this.#underWay -= 1;
    this.#turn.wake.notify();
  }

  #settled(outcomes: readonly TurnOutcome[]): void {
    this.#underWay -= outcomes.length;
    this.#turn.onSettled(outcomes);
    this.#turn.wake.notify();
  }
}
