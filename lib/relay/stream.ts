import { setTimeout as sleep } from "node:timers/promises";
import type { Passed, PassedReason } from "../contract/relay.ts";
import type { Outcome } from "../contract/relay-schemas.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { incompleteReason } from "../forward/incomplete.ts";
import { goesInCircle } from "../forward/circle.ts";
import type { Log } from "../log.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { ListenerPlace } from "../store/listeners.ts";
import type { RelayRequest } from "../store/relay-page.ts";
import type { RelayStore } from "../store/relay-store.ts";
import type { StreamOutcome } from "../store/save-outcomes.ts";
import type { Store } from "../store/store.ts";
import { failedAttempt } from "../forward/attempt.ts";
import { attemptOf, stateAfter } from "./attempt.ts";
import { forwardIdOf } from "./forward-id.ts";
import type { OutcomeLog } from "./outcome-log.ts";
import type { ListenerSession } from "./session.ts";

const READ_RETRY_MS = 1_000;
const HEAD_EVERY_MS = 1_000;

export type StreamParts = {
  session: ListenerSession;
  place: ListenerPlace;
  maxAgeSeconds: number | null;
  store: Pick<RelayStore, "page">;
  /** How much one page may hold now. */
  pageBytes: () => number;
  listeners: Pick<Store["listeners"], "tries">;
  outcomes: OutcomeLog;
  /** At once, before it is recorded. Null for a report that can't be read; what is passed over is `unwanted`. */
  onReport: (row: RelayRequest, outcome: Outcome | null) => void;
  log: Log;
};

/**
 * One listener's way through its bin, in the order of seqs and one request at a time.
 *
 * - `#cursor`: everything up to it was handed over, or passed over and told. What is recorded may lie a little behind.
 * - `#known`: every seq up to it is committed; so what a read begun now does not find up to it was removed.
 * - Nothing lies in memory but one page, and of that nothing is handed over once something of the bin was removed: the
 *   rest is read again.
 */
export class Stream {
  readonly #parts: StreamParts;
  #cursor: number;
  #known: number;
  #headTold: number;
  #revision: number | undefined;
  #headTimer: NodeJS.Timeout | undefined;
  #wake = () => {};
  #isStale = false;
  #isPaused = false;
  #passing: Passed | null = null;
  /** How often each request of the first page was tried before this connection. */
  #tries: Map<string, number> | null = null;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#cursor = parts.place.cursor;
    this.#known = parts.place.lastSeq;
    this.#headTold = parts.place.lastSeq;
  }

  /** The bin is known to be this far, and to have had so many removals. */
  advance(lastSeq: number, revision = this.#revision): void {
    if (this.#revision !== undefined && revision !== this.#revision) this.removed();
    this.#revision = revision;
    if (lastSeq <= this.#known) return;
    this.#known = lastSeq;
    this.#wake();
    this.#headTimer ??= setTimeout(() => this.#tellHead(), HEAD_EVERY_MS);
  }

  /** Something of the bin was removed. */
  removed(): void {
    this.#isStale = true;
  }

  /** Nothing new is handed over from now on. */
  pause(): void {
    this.#isPaused = true;
    this.#wake();
  }

  /** Hands over what there is and what comes, until the connection ends. */
  async run(): Promise<void> {
    void this.#parts.session.ended.then(() => this.#wake());
    while (!this.#isOver) {
      if (this.#cursor >= this.#known) await this.#news();
      else await this.#nextPage();
    }
    clearTimeout(this.#headTimer);
  }

  get #isOver(): boolean {
    return this.#isPaused || this.#parts.session.isOver;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #tellHead(): void {
    this.#headTimer = undefined;
    // Who has all knows how far the bin is.
    if (this.#cursor >= this.#known || this.#headTold >= this.#known) return;
    this.#headTold = this.#known;
    this.#parts.session.emit("head", { lastSeq: this.#known });
  }

  async #nextPage(): Promise<void> {
    const { session, pageBytes, log } = this.#parts;
    this.#isStale = false;
    const known = this.#known;
    try {
      const page = await this.#parts.store.page(session.binId, this.#cursor, pageBytes());
      this.#tries ??= await this.#earlierTries(page);
      for (const row of page) {
        if (this.#isStale || this.#isOver) return this.#tellPassed();
        this.#passRemoved(row.request.seq - 1);
        await this.#take(row);
      }
      if (page.length === 0) this.#passRemoved(known);
      this.#tellPassed();
    } catch (error) {
      log.warn({ err: error, binId: session.binId }, "a listener's requests not read");
      await Promise.race([sleep(READ_RETRY_MS), session.ended]);
    }
  }

  async #earlierTries(page: readonly RelayRequest[]): Promise<Map<string, number>> {
    const ids = page.map(({ request }) => forwardIdOf(this.#parts.session.hold.id, request.id));
    return this.#parts.listeners.tries(ids);
  }

  /** What lies between the cursor and `through` is not there any more. */
  #passRemoved(through: number): void {
    if (through > this.#cursor) this.#pass(through, through - this.#cursor, "removed");
  }

  /** Passes over `count` requests up to `through`. What follows each other for one reason is told together. */
  #pass(through: number, count: number, why: PassedReason): void {
    const from = this.#cursor + 1;
    if (this.#passing?.why !== why) this.#tellPassed();
    const known = this.#passing ?? { from, count: 0, why };
    this.#passing = { ...known, through, count: known.count + count };
    this.#cursor = through;
  }

  #passOne(row: RelayRequest, why: PassedReason): void {
    this.#pass(row.request.seq, 1, why);
    this.#parts.onReport(row, { kind: "unwanted" });
  }

  #tellPassed(): void {
    const passed = this.#passing;
    if (!passed) return;
    this.#passing = null;
    this.#parts.session.emit("passed", passed);
    this.#record(passed.through, null);
  }

  async #take(row: RelayRequest): Promise<void> {
    const { request } = row;
    const reason = incompleteReason(request);
    if (reason !== null) {
      this.#pass(request.seq, 1, "body_incomplete");
      const attempt = failedAttempt("body_incomplete", reason);
      return this.#record(request.seq, this.#forward(row, attempt));
    }
    // It was not sent now, and a file of thousands would flood a localhost that nobody asked.
    if (request.imported) return this.#passOne(row, "imported");
    if (this.#isTooOld(request)) return this.#passOne(row, "too_old");
    if (goesInCircle(request.headers)) return this.#passOne(row, "in_circle");
    this.#tellPassed();
    await this.#handOver(row);
  }

  /** Only what was there before the listener came back has been missed; what waits behind a slow localhost has not. */
  #isTooOld({ seq, receivedAt }: CapturedRequest): boolean {
    const { maxAgeSeconds, place } = this.#parts;
    if (maxAgeSeconds === null || seq > place.lastSeq) return false;
    return Date.parse(receivedAt) < Date.now() - maxAgeSeconds * 1000;
  }

  /** Until it is acknowledged, or the connection ends. */
  async #handOver(row: RelayRequest): Promise<void> {
    const { session, outcomes, onReport } = this.#parts;
    const { request, body } = row;
    const forwardId = forwardIdOf(session.hold.id, request.id);
    let attempt = 1 + (this.#tries?.get(forwardId) ?? 0);
    for (; !this.#isOver; attempt++) {
      const startedAt = new Date();
      const reply = await session.deliver({
        forwardId,
        attempt,
        asked: false,
        append: true,
        request,
        body,
        edit: null,
      });
      const isSettled = reply.kind === "acknowledged" || reply.kind === "invalid";
      if (isSettled) onReport(row, reply.kind === "acknowledged" ? reply.outcome : null);
      if (isSettled) this.#cursor = request.seq;
      const tried = attemptOf(reply, startedAt);
      this.#record(isSettled ? request.seq : null, tried && this.#forward(row, tried));
      await outcomes.room(session.hold.id);
      if (isSettled) return;
    }
  }

  #forward(
    { request: { id, binId }, isWaitedFor }: RelayRequest,
    attempt: NewAttempt,
  ): StreamOutcome["tried"] {
    const { hold, name } = this.#parts.session;
    const forwardId = forwardIdOf(hold.id, id);
    const state = stateAfter(attempt);
    const forward = { id: forwardId, requestId: id, binId, listener: name, state };
    return { forward, attempt, isWaitedFor };
  }

  #record(cursor: number | null, tried: StreamOutcome["tried"]): void {
    if (cursor === null && !tried) return;
    const { binId, hold } = this.#parts.session;
    this.#parts.outcomes.add({ binId, hold, cursor, tried });
  }
}
