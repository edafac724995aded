import type { Scheme } from "../../providers/scheme.ts";
import { signingByProvider } from "../../providers/signing/by-provider.ts";
import { keyOf } from "../key.ts";
import { type Plan, planOf } from "../plan.ts";
import { schemesOf } from "../schemes.ts";
import type { Secret, SignedRequest } from "../subject.ts";
import { Budget } from "./budget.ts";
import type { Finding } from "./finding.ts";
import { keyVariants } from "./key-variants.ts";
import { type Match, matchFinding } from "./match-finding.ts";
import { type RequestVariant, requestVariants } from "./request-variants.ts";
import { signatureReadings } from "./signature-readings.ts";
import { isVerified, type TriedKey, tryCleaned, tryKeys } from "./trial.ts";

/** A body up to this length is tried with two changes at once, the secret's and its own. */
const PAIRED_BYTES_MAX = 65_536;

type Suspect = { plan: Plan; secret: Secret };
type Found = Promise<Match | null>;
type Search = { match: Finding | null; tried: number; isComplete: boolean };

/** The first change with which one of the secrets fits: of the key, of the message, of both; or another secret or scheme. */
export async function search(
  request: SignedRequest,
  suspects: readonly Suspect[],
  providerId: string,
  secrets: readonly Secret[],
): Promise<Search> {
  const kinds: ((budget: Budget) => Found)[] = [
    (budget) => tryOtherKeys(request, suspects, budget),
    (budget) => tryOtherRequests(request, suspects, rightKeys, budget),
    (budget) => tryOthers(request, providerId, secrets, budget),
    (budget) => tryPairs(request, suspects, budget),
  ];
  const budgets: Budget[] = [];
  let match: Match | null = null;
  for (const kind of kinds) {
    // One of its own for each: what is long to try must not keep the others from their turn.
    const budget = new Budget();
    budgets.push(budget);
    match = await kind(budget);
    if (match) break;
  }
  const tried = budgets.reduce((sum, budget) => sum + budget.tried, 0);
  const isComplete = !budgets.some(({ isSpent }) => isSpent);
  return { match: match === "fits as it is" ? null : match, tried, isComplete };
}

/** The message as it should be, with all keys that a secret could have been made into, and all readings of the signature. */
async function tryOtherKeys(
  request: SignedRequest,
  suspects: readonly Suspect[],
  budget: Budget,
): Found {
  for (const { plan, secret } of suspects) {
    const { scheme } = plan;
    if (isOneHmac(plan) && scheme.proof.kind === "hmac") {
      const variants = keyVariants(secret.value, scheme.proof.key);
      const keys = [...rightKeys(plan), ...variants, ...testKeys(scheme)];
      const readings = signatureReadings(request.headers, scheme);
      const codes = await tryKeys(plan, keys, readings, budget);
      if (codes) return matchFinding(codes, plan);
    } else {
      const code = await tryCleaned(scheme, request, secret, budget);
      if (code) return matchFinding([code], plan);
    }
  }
  return null;
}

/** Other messages. Each body is made once and tried with all schemes and secrets. */
async function tryOtherRequests(
  request: SignedRequest,
  suspects: readonly Suspect[],
  keysOf: (plan: Plan) => readonly TriedKey[],
  budget: Budget,
): Found {
  const plans = suspects.map(({ plan }) => plan);
  for await (const variant of requestVariants(request, plans)) {
    for (const { plan, secret } of suspects) {
      if (budget.isSpent) return null;
      const changed = variant.of(plan);
      const found = changed && (await tryVariant(changed, plan, secret, keysOf(plan), budget));
      if (found) return found;
    }
  }
  return null;
}

async function tryVariant(
  { request, scheme, codes }: RequestVariant,
  plan: Plan,
  secret: Secret,
  keys: readonly TriedKey[],
  budget: Budget,
): Found {
  if (!isOneHmac(plan)) {
    const isIt = await isVerified(scheme, request, secret, budget);
    return isIt ? matchFinding(codes, plan) : null;
  }
  const readings = signatureReadings(request.headers, plan.scheme);
  const more = await tryKeys(planOf(scheme, request, secret), keys, readings, budget);
  return more && matchFinding([...codes, ...more], plan);
}

/** Another key and another message at once. */
async function tryPairs(
  request: SignedRequest,
  suspects: readonly Suspect[],
  budget: Budget,
): Found {
  if (request.body.length > PAIRED_BYTES_MAX) return null;
  const hmacs = suspects.filter(({ plan }) => isOneHmac(plan));
  return tryOtherRequests(request, hmacs, wrongKeys, budget);
}

/** Not where something else has to hold as well, such as the body's hash in a token: only the whole says whether it fits. */
const isOneHmac = ({ claims }: Plan): boolean => claims.every(({ proof }) => proof.kind === "hmac");

function rightKeys({ scheme, secret, key }: Plan): TriedKey[] {
  const right =
    key ?? (secret && "key" in scheme.proof ? keyOf(scheme.proof.key, secret.value) : null);
  return right ? [{ bytes: right.bytes, code: null }] : [];
}

function testKeys({ proof, secret: { ofTests } }: Scheme): TriedKey[] {
  const key = ofTests !== undefined && proof.kind === "hmac" ? keyOf(proof.key, ofTests) : null;
  return key ? [{ bytes: key.bytes, code: "secret_of_tests" }] : [];
}

function wrongKeys({ scheme, secret }: Plan): TriedKey[] {
  if (!secret || scheme.proof.kind !== "hmac") return [];
  return keyVariants(secret.value, scheme.proof.key).filter(({ code }) => code !== "secret_empty");
}

/** Every scheme whose signature the request carries, with every secret that is kept, whomever it is kept for. */
async function tryOthers(
  request: SignedRequest,
  providerId: string,
  secrets: readonly Secret[],
  budget: Budget,
): Found {
  const own = new Set(schemesOf(providerId).map(({ id }) => id));
  for (const scheme of carriedSchemes(request)) {
    for (const secret of secrets) {
      if (own.has(scheme.id) && secret.provider === providerId) continue;
      if (!(await isVerified(scheme, request, secret, budget))) continue;
      const plan = planOf(scheme, request, secret);
      return matchFinding([own.has(scheme.id) ? "other_secret" : "other_scheme"], plan);
    }
  }
  return null;
}

/** Each once: many providers share one. */
function carriedSchemes(request: SignedRequest): Scheme[] {
  const all = new Map(
    Object.values(signingByProvider)
      .flat()
      .map((scheme) => [scheme.id, scheme]),
  );
  return [...all.values()].filter((scheme) => isCarried(scheme, request));
}

/** Whether something is there that is written as the scheme writes its signatures. */
export function isCarried(scheme: Scheme, request: SignedRequest): boolean {
  const plan = planOf(scheme, request, null);
  return plan.claims.some(({ received }) => received.some(({ bytes }) => bytes !== null));
}
