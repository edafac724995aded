import type { Plan } from "./plan.ts";
import { readerOf } from "./reader.ts";
import type { SignedRequest } from "./subject.ts";
import type { Verdict } from "./verdict.ts";

type Judgement = { plan: Plan; verdict: Verdict };

/**
 * Those that say whether a request is genuine. A scheme that came, and could be judged with a kept secret, stands for those
 * that it outranks, whatever became of it: else a forger who breaks SHA-1 would be believed beside a SHA-256 that he can't make.
 */
export function standing<Each extends Judgement>(
  all: readonly Each[],
  request: SignedRequest,
): Each[] {
  const outranked = outrankedIn(all, request);
  return all.filter(({ plan }) => !outranked.has(plan.scheme.id));
}

/** By the id of each scheme that does not count: the one that stands for it. */
export function outrankedIn(
  all: readonly Judgement[],
  request: SignedRequest,
): Map<string, Judgement> {
  const outranked = new Map<string, Judgement>();
  for (const judgement of all) {
    const { outranks = [] } = judgement.plan.scheme;
    if (outranks.length === 0 || !isTelling(judgement, request)) continue;
    for (const id of outranks) if (!outranked.has(id)) outranked.set(id, judgement);
  }
  return outranked;
}

/** Not by a secret of another kind, nor of a body that was cut: then nothing is known of that signature. */
const isTelling = ({ plan, verdict }: Judgement, request: SignedRequest): boolean =>
  verdict.status !== "unchecked" &&
  verdict.reason !== "bad_secret" &&
  verdict.reason !== "body_cut" &&
  hasCome(plan, request);

/** Also one that is empty or garbled, where that can be told: what else stands in a list may be another scheme's. */
function hasCome({ claims, scheme: { signature } }: Plan, request: SignedRequest): boolean {
  if (claims.some(({ received }) => received.length > 0)) return true;
  const isList = signature.separator !== undefined;
  return !isList && signature.at.some((at) => readerOf(request).all(at).length > 0);
}
