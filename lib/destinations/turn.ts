import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config.ts";
import { listenerOf } from "../contract/listener-target.ts";
import { toAttempt } from "../forward/attempt.ts";
import type { Outgoing } from "../forward/outgoing.ts";
import type { SendResult } from "../forward/send.ts";
import type { Target } from "../forward/target.ts";
import type { Log } from "../log.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import type { DueForward, Hold, TurnView } from "../store/turns.ts";
import { afterAttempt, attemptsAllowed, type Circuit } from "./circuit.ts";
import { judge, signOf } from "./judge.ts";
import { paceOf } from "./pace.ts";
import { Carrying, type CarryingParts } from "./carrying.ts";
import { makeReady, type Ready, type ReadyParts } from "./ready.ts";
import { Settling } from "./settling.ts";
import { type Bucket, refilled, untilNext } from "./throttle.ts";

/** Attempts under way at once: more would only queue at a target that is slow. */
const AT_ONCE = 16;
/** While captures leave hardly any time. */
const AT_ONCE_BUSY = 2;
const PAGE_BYTES = 1024 * 1024;
/** Settings are read again, and a change of them takes hold, after so long. */
const VIEW_MS = 250;
/** A turn that has nothing to do waits so long for more: the next request of a steady stream needs no new turn. */
const LINGER_MS = 1_000;

export type TurnParts = ReadyParts &
  CarryingParts & {
    store: DestinationStore;
    config: Pick<Config, "forward">;
    isBusy: () => boolean;
    /** One try; never rejects. */
    send: (binId: string, request: Outgoing, target: Target) => Promise<SendResult>;
    /** After they are stored. */
    onSettled: (binId: string, outcomes: readonly TurnOutcome[]) => void;
    log: Log;
  };

type Step = "go" | "end" | { waitMs: number };

/**
 * The work at one destination while it is this process' turn: reads what is due, tries it, stores what came of it. It
 * alone knows how many attempts are under way, how the circuit breaker stands and what the throttle has left.
 */
export class Turn {
  readonly hold: Hold;
  binId = "";
  readonly #parts: TurnParts;
  #view: TurnView | null = null;
  #viewedAt = Number.NEGATIVE_INFINITY;
  #clockAheadMs = 0;
  #circuit: Circuit = { failures: 0, openedAtMs: null, probeAtMs: null };
  #bucket: Bucket = { tokens: 0, atMs: 0 };
  /** Read and not begun. */
  #due: DueForward[] = [];
  #underWay = 0;
  readonly #settling: Settling;
  #wake = Promise.withResolvers<void>();
  #isEnding = false;
  #idleSince: number | null = null;
  /** There may be forwards that wait for their next attempt. */
  #hasFailed = true;
  #notBeforeMs = 0;
  /** Of a resend through a listener. */
  #carrying: Carrying | null = null;

  constructor(destinationId: string, parts: TurnParts) {
    this.hold = { destinationId, turn: uuidv7() };
    this.#parts = parts;
    const { store, log } = parts;
    this.#settling = new Settling({
      hold: this.hold,
      store,
      circuit: () => this.#circuit,
      onSettled: (outcomes) => this.#settled(outcomes),
      log,
    });
  }

  /** There may be more to do. */
  poke(): void {
    this.#idleSince = null;
    this.#notify();
  }

  /** The settings are not what they were. */
  changed(): void {
    this.#viewedAt = Number.NEGATIVE_INFINITY;
    this.poke();
  }

  /** Begins no more attempts; `run` resolves when those under way are done. */
  end(): void {
    this.#isEnding = true;
    this.#notify();
  }

  /** Until there is nothing to do for a while. */
  async run(): Promise<void> {
    const { store } = this.#parts;
    if (!(await store.open(this.hold))) return;
    try {
      for (let step: Step = "go"; step !== "end"; ) {
        step = this.#isEnding ? "end" : await this.#step();
        if (typeof step === "object") await this.#pause(step.waitMs);
      }
    } finally {
      // What a listener has is waited for by another turn: it may take its time, and this server may have to stop.
      const isLeft = () => this.#carrying !== null && this.#isEnding;
      while (this.#underWay > 0 && !isLeft()) await this.#pause(1_000);
      const isOrdered = this.#view?.settings.ordered ?? false;
      await store.close(this.hold, { isOrdered, notBeforeMs: this.#notBeforeMs });
    }
  }

  async #step(): Promise<Step> {
    const view = await this.#look();
    if (!view) return "end";
    const free = this.#parts.isBusy() ? AT_ONCE_BUSY : AT_ONCE;
    const most = view.settings.ordered ? 1 : free;
    const slots = attemptsAllowed(this.#circuit, most, this.#now()) - this.#underWay;
    if (slots <= 0) return this.#rest((this.#circuit.probeAtMs ?? 0) - this.#now());
    const pace = paceOf(view.settings, view.urls, this.#parts.config.forward);
    this.#bucket = refilled(this.#bucket, pace, this.#now());
    const tokens = Math.floor(this.#bucket.tokens);
    if (tokens < 1) return this.#rest(untilNext(this.#bucket, pace));
    const waitMs = await this.#untilListener(view);
    if (waitMs > 0) return this.#rest(waitMs);
    if (this.#due.length === 0) await this.#read(view);
    const now = this.#now();
    const [head] = this.#due;
    if (head && view.settings.ordered && head.dueAtMs > now) {
      this.#due = [];
      return this.#rest(head.dueAtMs - now);
    }
    if (!head) return this.#idle(await this.#untilDue());
    this.#idleSince = null;
    await this.#begin(this.#due.splice(0, Math.min(slots, tokens)), view);
    return "go";
  }

  /** Milliseconds until it may be there; what is gone for long ends the resend. */
  async #untilListener(view: TurnView): Promise<number> {
    if (!this.#carrying) return 0;
    const standing = await this.#carrying.standing(view.binId);
    if (standing === "there") return 0;
    if (this.#due.length === 0) await this.#read(view);
    const head = this.#due.find(({ tries }) => tries === 0);
    // Nothing is left to be handed over.
    if (!head) return 0;
    if (standing === "gone") {
      this.#due = [];
      await this.#carrying.giveUp(view.binId, head);
      this.changed();
    }
    return LINGER_MS;
  }

  /** Nothing may be begun before that: by an outcome, or by the time. A long wait is for another turn. */
  #rest(waitMs: number): Step {
    if (this.#underWay === 0 && waitMs > LINGER_MS) {
      this.#notBeforeMs = this.#now() + waitMs;
      return "end";
    }
    return { waitMs: Math.max(1, this.#underWay > 0 ? LINGER_MS : waitMs) };
  }

  /** Milliseconds until what has failed is tried again. */
  async #untilDue(): Promise<number> {
    if (!this.#hasFailed) return LINGER_MS;
    const dueAtMs = await this.#parts.store.nextDue(this.hold);
    this.#hasFailed = dueAtMs !== null;
    return dueAtMs === null ? LINGER_MS : Math.max(1, dueAtMs - this.#now());
  }

  #idle(dueMs: number): Step {
    if (this.#underWay > 0) return { waitMs: Math.min(LINGER_MS, dueMs) };
    const now = performance.now();
    this.#idleSince ??= now;
    const leftMs = LINGER_MS - (now - this.#idleSince);
    return leftMs > 0 ? { waitMs: Math.min(leftMs, dueMs) } : "end";
  }

  async #look(): Promise<TurnView | null> {
    const now = performance.now();
    if (this.#view && now - this.#viewedAt < VIEW_MS) return this.#view;
    const view = await this.#parts.store.read(this.hold);
    this.#viewedAt = now;
    if (!view) return null;
    if (!this.#view) this.#bucket = view.bucket;
    // What has come since lies here only.
    if (this.#underWay === 0) this.#circuit = view.circuit;
    if (isChanged(this.#view, view)) this.#due = [];
    this.#clockAheadMs = view.nowMs - Date.now();
    if (!this.#view) await this.#meetListener(view);
    this.#view = view;
    this.binId = view.binId;
    return view;
  }

  async #meetListener({ settings: { url } }: TurnView): Promise<void> {
    const name = listenerOf(url);
    if (name === null) return;
    this.#carrying = new Carrying(this.hold, name, this.#parts);
    await this.#parts.store.resumeCarried(this.hold);
  }

  #now(): number {
    return Date.now() + this.#clockAheadMs;
  }

  async #read({ settings }: TurnView): Promise<void> {
    const how = { isOrdered: settings.ordered, bytes: PAGE_BYTES };
    const page = await this.#parts.store.page(this.hold, how);
    const gone = page.filter(({ request }) => request === null);
    if (gone.length > 0) {
      await this.#parts.store.drop(
        this.hold,
        gone.map(({ forwardId }) => forwardId),
      );
    }
    this.#due = page.filter(
      ({ request, forwardId }) => request !== null && !this.#carrying?.isUnderWay(forwardId),
    );
  }

  async #begin(all: readonly DueForward[], view: TurnView): Promise<void> {
    if (this.#carrying) {
      for (const due of all) void this.#carry(due, view, this.#carrying);
      return;
    }
    const ready: Ready[] = [];
    try {
      for (const [place, due] of all.entries()) {
        const at = { ...view, nowMs: this.#now() };
        const one = await makeReady(this.#parts, this.hold, due, at);
        if (one === "no room") {
          this.#due = [...all.slice(place), ...this.#due];
          break;
        }
        if (one) ready.push(one);
      }
      if (ready.length > 0) await this.#send(ready, view);
    } finally {
      // Those that are under way are not among them any more.
      for (const { leave } of ready) leave();
    }
  }

  /** Writes down that they are tried, and sends them. Takes those that are sent out of `ready`. */
  async #send(ready: Ready[], view: TurnView): Promise<void> {
    const startedAt = new Date(this.#now());
    const beginnings = ready.map(({ due, prepared }) => ({
      forwardId: due.forwardId,
      attemptId: uuidv7(),
      startedAt,
      bodySha256Sent: prepared.bodySha256,
      url: prepared.url,
      changes: prepared.changes,
    }));
    this.#bucket = { ...this.#bucket, tokens: this.#bucket.tokens - ready.length };
    const begun = await this.#parts.store.begin(this.hold, beginnings, this.#bucket);
    // Another turn has begun, or they were removed.
    if (begun.size === 0) this.#isEnding = true;
    const sending = ready.splice(0);
    for (const [place, one] of sending.entries()) {
      const attemptId = beginnings[place]?.attemptId ?? "";
      if (begun.has(one.due.forwardId)) void this.#try(one, { attemptId, startedAt, view });
      else ready.push(one);
    }
  }

  async #try(
    { due, prepared, leave }: Ready,
    { attemptId, startedAt, view }: { attemptId: string; startedAt: Date; view: TurnView },
  ): Promise<void> {
    this.#underWay += 1;
    const isProbe = this.#circuit.openedAtMs !== null;
    const { request, target, url, changes } = prepared;
    const result = await this.#parts.send(view.binId, request, target);
    const nowMs = this.#now();
    const sent = { body: request.body, url, changes };
    const attempt = { ...toAttempt(result, startedAt, sent), id: attemptId };
    const { forwardId, sinceMs } = due;
    const outcome = judge(
      { forwardId, attempt, tries: due.tries + 1, sinceMs, nowMs, isProbe },
      view.settings,
    );
    this.#circuit = afterAttempt(this.#circuit, signOf(outcome), view.settings.breaker, nowMs);
    // In strict order nothing passes the one that has to wait.
    if (view.settings.ordered && outcome.state === "failed") this.#due = [];
    this.#settling.add(outcome, leave);
  }

  async #carry(due: DueForward, view: TurnView, carrying: Carrying): Promise<void> {
    this.#underWay += 1;
    this.#bucket = { ...this.#bucket, tokens: this.#bucket.tokens - 1 };
    try {
      await carrying.take(due, view, this.#bucket);
    } catch (error) {
      this.#parts.log.debug({ err: error, forwardId: due.forwardId }, "a forward not carried");
    }
    this.#underWay -= 1;
    this.#notify();
  }

  #settled(outcomes: readonly TurnOutcome[]): void {
    this.#underWay -= outcomes.length;
    this.#hasFailed ||= outcomes.some(({ state }) => state === "failed");
    this.#parts.onSettled(this.binId, outcomes);
    this.#notify();
  }

  #notify(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  /** Until something has happened, or so long. */
  async #pause(ms: number): Promise<void> {
    const { promise } = this.#wake;
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([promise, time]);
    clearTimeout(timer);
  }
}

/** Whether what was read under the old settings may be wrong under the new ones. */
const isChanged = (before: TurnView | null, now: TurnView): boolean =>
  before !== null && JSON.stringify(before.settings) !== JSON.stringify(now.settings);
