import type { ListenerAnswer, ListenerAnswers } from "../capture/listener-answer.ts";
import type { Attempt } from "../contract/forwards.ts";
import type { Outcome } from "../contract/relay-schemas.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { Sessions } from "./sessions.ts";

/** How long it is believed how many listeners are connected to other processes. */
const COUNT_FRESH_MS = 3_000;

type WaitsParts = {
  sessions: Sessions;
  store: Pick<Store, "forwards" | "listeners">;
  /** No other process is on the database. */
  isAlone: boolean;
  log: Log;
};

type Waiting = {
  binId: string;
  settle: (answer: ListenerAnswer | null) => void;
  /** Listeners that have not reported yet; null until it is known. */
  left: number | null;
  /** Reports without an answer. */
  failed: number;
};

/** A listener's report, as far as a waiting sender is concerned. */
type Report = Pick<Attempt, "status" | "headers" | "bodySize" | "error"> & { body: Buffer };

/**
 * Senders that wait for a listener's own answer. It comes from this process's streams, or, when the listener is connected
 * to another process, with a hint that its forward is settled. The first answer counts.
 */
export class SenderWaits implements ListenerAnswers {
  readonly #parts: WaitsParts;
  readonly #waiting = new Map<string, Waiting>();
  readonly #byBin = new Map<string, Set<string>>();
  readonly #counts = new Map<string, { count: Promise<number>; freshUntil: number }>();

  constructor(parts: WaitsParts) {
    this.#parts = parts;
  }

  wait(binId: string, requestId: string, settle: Waiting["settle"]): () => void {
    const waiting: Waiting = { binId, settle, left: null, failed: 0 };
    this.#waiting.set(requestId, waiting);
    const ofBin = this.#byBin.get(binId) ?? new Set();
    this.#byBin.set(binId, ofBin.add(requestId));
    void this.#count(binId).then((count) => {
      waiting.left = count;
      this.#endIfVain(requestId);
    });
    return () => this.#forget(requestId);
  }

  /** What came of a delivery of this process's streams. */
  reported(requestId: string, outcome: Outcome | null): void {
    if (!this.#waiting.has(requestId)) return;
    const tried = outcome?.kind === "tried" ? outcome : null;
    this.#take(requestId, tried && { ...tried, body: Buffer.from(tried.body) });
  }

  /** Another process has settled a forward of this bin. */
  look(binId: string, forwardId: string): void {
    if (!this.#byBin.has(binId)) return;
    this.#read(binId, forwardId).catch((error: unknown) =>
      this.#parts.log.debug({ err: error }, "a listener's answer not read"),
    );
  }

  /** Who listens to the bin has changed. */
  recount(binId: string): void {
    this.#counts.delete(binId);
  }

  async #read(binId: string, forwardId: string): Promise<void> {
    const forward = await this.#parts.store.forwards.get(binId, forwardId);
    const attempt = forward?.attempts.at(-1);
    if (!forward?.listener || !attempt || forward.state === "pending") return;
    const body = Buffer.from(attempt.bodyBase64, "base64");
    this.#take(forward.requestId, { ...attempt, body });
  }

  #take(requestId: string, report: Report | null): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    if (report && report.status !== null) return this.#settle(requestId, wholeAnswer(report));
    waiting.failed += 1;
    this.#endIfVain(requestId);
  }

  #endIfVain(requestId: string): void {
    const { left = null, failed = 0 } = this.#waiting.get(requestId) ?? {};
    if (left !== null && failed >= left) this.#settle(requestId, null);
  }

  #settle(requestId: string, answer: ListenerAnswer | null): void {
    const waiting = this.#waiting.get(requestId);
    this.#forget(requestId);
    waiting?.settle(answer);
  }

  #forget(requestId: string): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    this.#waiting.delete(requestId);
    const ofBin = this.#byBin.get(waiting.binId);
    ofBin?.delete(requestId);
    if (ofBin?.size === 0) this.#byBin.delete(waiting.binId);
  }

  /** How many listeners of the bin are connected, here and to other processes. */
  async #count(binId: string): Promise<number> {
    const here = this.#parts.sessions.of(binId).length;
    if (this.#parts.isAlone) return here;
    const known = this.#counts.get(binId);
    if (known && known.freshUntil > performance.now()) return Math.max(here, await known.count);
    const count = this.#ask(binId);
    this.#counts.set(binId, { count, freshUntil: performance.now() + COUNT_FRESH_MS });
    return Math.max(here, await count);
  }

  async #ask(binId: string): Promise<number> {
    try {
      const listeners = (await this.#parts.store.listeners.list([binId])).get(binId) ?? [];
      return listeners.filter(({ connected }) => connected).length;
    } catch {
      this.#counts.delete(binId);
      return 0;
    }
  }
}

/** Null for one that broke off, or that is too long to be kept whole. */
function wholeAnswer({ status, headers, body, bodySize, error }: Report): ListenerAnswer | null {
  if (status === null || error !== null || bodySize !== body.byteLength) return null;
  return { status, headers, body };
}
