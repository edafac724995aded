import { LRUCache } from "lru-cache";
import type { StoredAnswer } from "../contract/answer.ts";
import { BIN_ID } from "../contract/bins.ts";
import type { Secret } from "../signatures/subject.ts";

/** What capture must know of a bin. `gone` covers deletion; expiry is judged against the clock at each request. */
export type BinState =
  | {
      kind: "open";
      answer: StoredAnswer;
      expiresAtMs: number | null;
      /** Whether providers' checks of the URL are answered. */
      handshakes: boolean;
      /** How long a sender waits for a listener's own answer; 0: not at all. */
      listenerWaitMs: number;
      /** What is not verified gets 401. */
      enforce: boolean;
      /** AWS SNS' subscriptions are confirmed. */
      confirmSns: boolean;
      /** What signatures are judged with; mostly none. */
      secrets: readonly Secret[];
    }
  | { kind: "gone" }
  | { kind: "unknown" };

const UNKNOWN: BinState = { kind: "unknown" };
/** Other processes' changes are told by a hint; this bounds how long a lost hint matters. */
const FRESH_MS = 5_000;
const UNKNOWN_FRESH_MS = 1_000;
const BYTES_MAX = 64 * 1024 * 1024;

type Entry = { state: BinState; freshUntil: number };

/** The bins that captures ask for, so that a request costs no query. Bounded by bytes. */
export class BinCache {
  readonly #find: (binId: string) => Promise<BinState>;
  readonly #entries = new LRUCache<string, Entry>({
    maxSize: BYTES_MAX,
    sizeCalculation: ({ state }) => 512 + (state.kind === "open" ? sizeOf(state) : 0),
  });
  readonly #asking = new Map<string, Promise<BinState>>();

  constructor(find: (binId: string) => Promise<BinState>) {
    this.#find = find;
  }

  /** What is known now, at once: a stale answer is refreshed beside the request, not before it. */
  peek(binId: string): BinState | undefined {
    const entry = this.#entries.get(binId);
    if (!entry) return BIN_ID.test(binId) ? undefined : UNKNOWN;
    if (entry.freshUntil < performance.now()) {
      // A bin may have been minted meanwhile; what was open or gone may be served while it is asked again.
      if (entry.state.kind === "unknown") return undefined;
      this.ask(binId).catch(() => {});
    }
    return entry.state;
  }

  /** Asks the store; many callers share one question. */
  ask(binId: string): Promise<BinState> {
    const asked = this.#asking.get(binId);
    if (asked) return asked;
    const question = this.#find(binId)
      .then((state) => {
        // A change that came while we asked has taken the question off the list: its answer may be old.
        if (this.#asking.get(binId) === question) this.#keep(binId, state);
        return state;
      })
      .finally(() => {
        if (this.#asking.get(binId) === question) this.#asking.delete(binId);
      });
    this.#asking.set(binId, question);
    return question;
  }

  /** The bin has changed: the next request asks anew. */
  forget(binId: string): void {
    this.#asking.delete(binId);
    this.#entries.delete(binId);
  }

  #keep(binId: string, state: BinState): void {
    const freshMs = state.kind === "unknown" ? UNKNOWN_FRESH_MS : FRESH_MS;
    this.#entries.set(binId, { state, freshUntil: performance.now() + freshMs });
  }
}

function sizeOf({ answer, secrets }: Extract<BinState, { kind: "open" }>): number {
  return secrets.reduce((sum, { value }) => sum + 200 + value.length, answer.body.byteLength);
}
