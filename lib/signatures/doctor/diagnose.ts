import type { Scheme } from "../../providers/scheme.ts";
import { signingByProvider } from "../../providers/signing/by-provider.ts";
import { judgeClaims, verdictOf } from "../judge.ts";
import { type Plan, planOf } from "../plan.ts";
import { hashBody } from "../reader.ts";
import { schemesOf } from "../schemes.ts";
import type { Secret, SignedRequest } from "../subject.ts";
import { bestOf, type Verdict } from "../verdict.ts";
import { factOf, noMatch, otherSenderFact } from "./find-facts.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { isCarried, search } from "./search.ts";

/**
 * Why a request is not verified: tries the usual mistakes, one after the other, and names the first with which the
 * signature fits. Nothing of a secret is in what it says. Bounded in work, whatever the request is.
 * @param secrets all that are known: those kept for other providers are tried too.
 */
export async function diagnose(
  request: SignedRequest,
  providerId: string,
  secrets: readonly Secret[],
): Promise<Diagnosis> {
  const own = secrets.filter(({ provider }) => provider === providerId);
  const judged = await Promise.all(
    own.flatMap((secret) => schemesOf(providerId).map((scheme) => judge(scheme, request, secret))),
  );
  const best = bestOf(judged.map(({ verdict }) => verdict));
  const nearest = judged.find(({ verdict }) => verdict === best);
  if (!nearest) return { findings: [], tried: 0, isComplete: true };
  const fact = factOf(best, nearest.plan, request);
  if (best.status === "verified" || best.reason === "body_cut") {
    return { findings: fact ? [fact] : [], tried: 0, isComplete: true };
  }
  const { match, tried, isComplete } = await search(request, judged, providerId, secrets);
  const others =
    match || best.reason !== "missing" ? [] : otherSenders(request, providerId, nearest.plan);
  const findings = [match, fact, ...others].filter((finding) => finding !== null);
  if (findings.length === 0) findings.push(noMatch(nearest.plan));
  return { findings, tried, isComplete };
}

type JudgedSecret = { plan: Plan; secret: Secret; verdict: Verdict };

async function judge(
  scheme: Scheme,
  request: SignedRequest,
  secret: Secret,
): Promise<JudgedSecret> {
  await hashBody(request, [scheme]);
  const plan = planOf(scheme, request, secret);
  return { plan, secret, verdict: verdictOf(plan, await judgeClaims(plan)) };
}

function otherSenders(request: SignedRequest, providerId: string, plan: Plan): Finding[] {
  const other = Object.entries(signingByProvider).find(
    ([id, schemes]) => id !== providerId && schemes.some((scheme) => isCarried(scheme, request)),
  );
  return other ? [otherSenderFact(other[0], plan)] : [];
}
