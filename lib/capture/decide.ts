import { HooklensError } from "../errors.ts";
import type { Handshake } from "../providers/handshakes/row.ts";
import type { Secret } from "../signatures/subject.ts";
import type { Verdict } from "../signatures/verdict.ts";
import { type PlannedAnswer, planAnswer, planHandshake, planProblem, REFUSAL } from "./answer.ts";
import type { BinState } from "./bin-cache.ts";
import type { Arrived } from "./to-draft.ts";

export type OpenBin = Extract<BinState, { kind: "open" }>;

/**
 * The bin, where it takes a request now, else why it does not.
 * @param overRate whole seconds to wait, else 0; it counts the request, and is asked last
 */
export function admit(state: BinState, overRate: () => number): OpenBin | HooklensError {
  if (state.kind === "unknown") {
    return new HooklensError("bin_not_found", "Check the URL: no bin has this id.");
  }
  if (state.kind === "gone" || (state.expiresAtMs !== null && state.expiresAtMs <= Date.now())) {
    return new HooklensError("bin_gone", "Mint a new URL and set it at the sender.");
  }
  const retryAfterSeconds = overRate();
  if (retryAfterSeconds === 0) return state;
  const detail = "This bin takes no more requests in this second.";
  return new HooklensError("rate_limited", detail, { retryAfterSeconds });
}

type Judged = {
  bin: OpenBin | null;
  arrived: Arrived;
  verdict: Verdict;
  handshake: Handshake | null;
  bodyBytesMax: number;
};

/** `plan` null: nobody is there to get it. `listenerMs`: how long a listener may take to answer in its place. */
export type Decision = { plan: PlannedAnswer | null; listenerMs: number };

/** What the sender will get, once the request is stored. */
export function decideAnswer({ handshake, ...judged }: Judged): Decision {
  const own = ownAnswer(judged);
  const isAnswered = handshake !== null && !(handshake.isDelivery && own === REFUSAL);
  const plan = isAnswered ? planHandshake(handshake) : own;
  // A provider's check gets its own answer, and neither a problem nor a refusal is for a handler to answer.
  const isOrdinary = plan !== null && !plan.close && plan !== REFUSAL && !handshake;
  return { plan, listenerMs: isOrdinary ? (judged.bin?.listenerWaitMs ?? 0) : 0 };
}

function ownAnswer(judged: Omit<Judged, "handshake">): PlannedAnswer | null {
  const { bin, verdict, bodyBytesMax } = judged;
  const { body, secrets } = judged.arrived;
  if (body.broken === "sender_gone" || !bin) return null;
  if (body.broken === "stalled") {
    return planProblem(
      new HooklensError("body_stalled", "What came of it is stored, marked incomplete."),
    );
  }
  if (body.truncated) {
    const detail = `The first ${bodyBytesMax} bytes at most are kept. The request is stored, marked truncated.`;
    return planProblem(new HooklensError("body_too_large", detail));
  }
  return bin.enforce && !isTrusted(verdict, secrets) ? REFUSAL : planAnswer(bin.answer);
}

/** Not what was signed with a secret that anybody may have sent. */
const isTrusted = ({ status, secretId }: Verdict, secrets: readonly Secret[]): boolean =>
  status === "verified" &&
  !secrets.some(({ id, isUnconfirmed }) => id === secretId && isUnconfirmed);
