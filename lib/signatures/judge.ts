import { concat } from "./bytes.ts";
import type { Claim } from "./claim.ts";
import type { Plan } from "./plan.ts";
import { type Proven, prove } from "./prove.ts";
import type { Received } from "./received.ts";
import { needsTime } from "./timestamp.ts";
import { type Reason, unchecked, type Verdict } from "./verdict.ts";

/** What a claim's messages prove; nothing where a secret is missing or is none. */
export type Judged = { claim: Claim; proven: Proven[] };

export async function judgeClaims(plan: Plan): Promise<Judged[]> {
  if (!plan.secret || !plan.isSecretFit || plan.isBodyMissing)
    return plan.claims.map((claim) => ({ claim, proven: [] }));
  return Promise.all(plan.claims.map((claim) => judgeClaim(plan, claim)));
}

async function judgeClaim({ key }: Plan, claim: Claim): Promise<Judged> {
  const received = claim.received.map(({ bytes }) => bytes);
  const proven = claim.messages.map((parts) =>
    prove(claim.proof, key, concat(parts.map(({ bytes }) => bytes)), received),
  );
  return { claim, proven: await Promise.all(proven) };
}

/** Pure: says what was found. */
export function verdictOf(plan: Plan, judged: readonly Judged[]): Verdict {
  if (!plan.secret) return unchecked;
  const reason = failureOf(plan, judged);
  const isLate = reason === null && plan.time?.isStale === true;
  return {
    status: reason === null ? "verified" : "failed",
    scheme: plan.scheme.id,
    reason: isLate ? "stale" : reason,
    timestampAgeSeconds: plan.time?.ageSeconds ?? null,
    secretId: plan.secret.id,
  };
}

function failureOf(plan: Plan, judged: readonly Judged[]): Reason | null {
  const received = plan.claims.flatMap((claim) => claim.received);
  const isInBody = plan.scheme.signature.at.every((at) => !at.startsWith("header:"));
  if (plan.isBodyMissing && (received.length > 0 || isInBody)) return "body_cut";
  if (received.length === 0) return "missing";
  if (!plan.isSecretFit) return "bad_secret";
  if (judged.some(({ claim: { received: own } }) => own.length > 0 && own.every(isUnreadable)))
    return "malformed";
  const time = needsTime(plan.scheme) ? plan.time : null;
  if (time && time.text === undefined) return "incomplete";
  if (judged.some(({ claim }) => claim.messages.length === 0 || claim.absent.length > 0))
    return "incomplete";
  if (time && time.ms === null) return "bad_timestamp";
  const isProven = judged.every(({ proven }) => proven.some(({ fits }) => fits.includes(true)));
  if (!isProven) return "mismatch";
  return plan.isExpired ? "expired" : null;
}

const isUnreadable = ({ bytes }: Received): boolean => bytes === null;
