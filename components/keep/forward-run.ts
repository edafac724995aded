import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward, ForwardCreate } from "#lib/contract/forwards.ts";

/** What came of one. `waiting`: the server forwards only so many a minute, it is tried again. */
export type ForwardedOne = { seq: number; isGood: boolean; words: string };

export type ForwardRun = {
  done: readonly ForwardedOne[];
  /** The one under way, null at the end. */
  current: number | null;
  isWaiting: boolean;
};

const AGAIN_MS = 3_000;
const LATER_CODES = ["rate_limited", "no_room", "unavailable", "unreachable"];

/**
 * Forwards one request after the other, in the order of their arrival, until all are done or `signal` ends it; the one
 * under way then goes on by itself. Each result is told as it comes.
 */
export async function forwardAll<One extends { id: string; seq: number }>(
  { api, binId, signal }: { api: Pick<ApiClient, "forward">; binId: string; signal: AbortSignal },
  requests: readonly One[],
  askedFor: (request: One) => ForwardCreate,
  tell: (run: ForwardRun) => void,
): Promise<void> {
  const done: ForwardedOne[] = [];
  for (const request of requests.toSorted((a, b) => a.seq - b.seq)) {
    const { id, seq } = request;
    let one: ForwardedOne | null = null;
    while (!one && !signal.aborted) {
      tell({ done, current: seq, isWaiting: false });
      one = await forwardOne(() => api.forward(binId, id, askedFor(request)), seq);
      if (one || signal.aborted) break;
      tell({ done, current: seq, isWaiting: true });
      await pause(AGAIN_MS, signal);
    }
    if (one) done.push(one);
    if (signal.aborted) break;
  }
  tell({ done: [...done], current: null, isWaiting: false });
}

/** Null: later. */
async function forwardOne(
  forward: () => Promise<Forward>,
  seq: number,
): Promise<ForwardedOne | null> {
  try {
    const { state, attempts } = await forward();
    const last = attempts.at(-1);
    return { seq, isGood: state === "delivered", words: wordsOf(last) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (LATER_CODES.includes(error.code)) return null;
    return { seq, isGood: false, words: error.errors[0]?.detail ?? error.message };
  }
}

function wordsOf(attempt: Forward["attempts"][number] | undefined): string {
  if (!attempt) return "no answer is known";
  if (attempt.error) return attempt.error.message;
  return `${attempt.status} in ${Math.round(attempt.timing.totalMs)} ms`;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
