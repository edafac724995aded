import { v7 as uuidv7 } from "uuid";
import { listenerOf } from "../contract/listener-target.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import type { DueForward, Hold, TurnView } from "../store/turns.ts";
import { Attempts, type AttemptsParts } from "./attempts.ts";
import { Carrying, type CarryingParts } from "./carrying.ts";
import { Wake } from "./wake.ts";

const PAGE_BYTES = 1024 * 1024;
/** Settings are read again, and a change of them takes hold, after so long. */
const VIEW_MS = 250;
/** A turn that has nothing to do waits so long for more: the next request of a steady stream needs no new turn. */
const LINGER_MS = 1_000;

export type TurnParts = AttemptsParts &
  CarryingParts & {
    store: DestinationStore;
    /** After they are stored. */
    onSettled: (binId: string, outcomes: readonly TurnOutcome[]) => void;
  };

type Step = "go" | "end" | { waitMs: number };

/**
 * The work at one destination while it is this process' turn: reads what is due and has it tried, when and in the order
 * that it may be.
 */
export class Turn {
  readonly hold: Hold;
  binId = "";
  readonly #parts: TurnParts;
  #view: TurnView | null = null;
  #viewedAt = Number.NEGATIVE_INFINITY;
  #clockAheadMs = 0;
  /** Read and not begun. */
  #due: DueForward[] = [];
  readonly #attempts: Attempts;
  readonly #wake = new Wake();
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
    this.#attempts = new Attempts(this.hold, parts, {
      now: () => this.#now(),
      wake: this.#wake,
      onSettled: (outcomes) => this.#settled(outcomes),
      // Nothing passes it.
      onLeft: () => {
        this.#due = [];
      },
    });
  }

  /** There may be more to do. */
  poke(): void {
    this.#idleSince = null;
    this.#wake.notify();
  }

  /** The settings are not what they were. */
  changed(): void {
    this.#viewedAt = Number.NEGATIVE_INFINITY;
    this.poke();
  }

  /** Begins no more attempts; `run` resolves when those under way are done. */
  end(): void {
    this.#isEnding = true;
    this.#wake.notify();
  }

  /** Until there is nothing to do for a while. */
  async run(): Promise<void> {
    const { store } = this.#parts;
    if (!(await store.open(this.hold))) return;
    try {
      for (let step: Step = "go"; step !== "end"; ) {
        step = this.#isEnding ? "end" : await this.#step();
        if (typeof step === "object") await this.#wake.wait(step.waitMs);
      }
    } finally {
      // What a listener has is waited for by another turn: it may take its time, and this server may have to stop.
      const isLeft = () => this.#carrying !== null && this.#isEnding;
      while (this.#attempts.underWay > 0 && !isLeft()) await this.#wake.wait(1_000);
      const isOrdered = this.#view?.settings.ordered ?? false;
      await store.close(this.hold, { isOrdered, notBeforeMs: this.#notBeforeMs });
    }
  }

  async #step(): Promise<Step> {
    const view = await this.#look();
    if (!view) return "end";
    const room = this.#attempts.room(view);
    if (room.count === 0) return this.#rest(room.waitMs);
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
    await this.#begin(this.#due.splice(0, room.count), view);
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
    if (this.#attempts.underWay === 0 && waitMs > LINGER_MS) {
      this.#notBeforeMs = this.#now() + waitMs;
      return "end";
    }
    return { waitMs: Math.max(1, this.#attempts.underWay > 0 ? LINGER_MS : waitMs) };
  }

  /** Milliseconds until what has failed is tried again. */
  async #untilDue(): Promise<number> {
    if (!this.#hasFailed) return LINGER_MS;
    const dueAtMs = await this.#parts.store.nextDue(this.hold);
    this.#hasFailed = dueAtMs !== null;
    return dueAtMs === null ? LINGER_MS : Math.max(1, dueAtMs - this.#now());
  }

  #idle(dueMs: number): Step {
    if (this.#attempts.underWay > 0) return { waitMs: Math.min(LINGER_MS, dueMs) };
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
    this.#attempts.meet(view, !this.#view);
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
      this.#attempts.carry(all, view, this.#carrying);
      return;
    }
    const left = await this.#attempts.begin(all, view);
    if (left === "lost") this.#isEnding = true;
    else this.#due = [...left, ...this.#due];
  }

  #settled(outcomes: readonly TurnOutcome[]): void {
    const hasFailed = outcomes.some(({ state }) => state === "failed");
    this.#hasFailed ||= hasFailed;
    // In strict order nothing passes the one that has to wait.
    if (hasFailed && this.#view?.settings.ordered) this.#due = [];
    this.#parts.onSettled(this.binId, outcomes);
  }
}

/** Whether what was read under the old settings may be wrong under the new ones. */
const isChanged = (before: TurnView | null, now: TurnView): boolean =>
  before !== null && JSON.stringify(before.settings) !== JSON.stringify(now.settings);
