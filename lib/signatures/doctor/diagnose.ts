import type { Scheme } from "../../providers/scheme.ts";
import { signingByProvider } from "../../providers/signing/by-provider.ts";
import { judgeClaims, verdictOf } from "../judge.ts";
import { type Plan, planOf } from "../plan.ts";
import { hashBody } from "../reader.ts";
import { schemesOf } from "../schemes.ts";
import { standing } from "../standing.ts";
import type { Secret, SignedRequest } from "../subject.ts";
import { bestOf, type Verdict } from "../verdict.ts";
import { factOf, noMatch, otherSenderFact, weakerFitsFact } from "./find-facts.ts";
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
  const suspects = standing(judged, request);
  const best = bestOf(suspects.map(({ verdict }) => verdict));
  const nearest = suspects.find(({ verdict }) => verdict === best);
  if (!nearest) return { findings: [], tried: 0, isComplete: true };
  const fact = factOf(best, nearest.plan, request);
  if (best.status === "verified" || best.reason === "body_cut") {
    return { findings: fact ? [fact] : [], tried: 0, isComplete: true };
  }
  const weaker = judged.filter(
    (each) => !suspects.includes(each) && each.verdict.status === "verified",
  );
  const searched = withoutSignatures(request, weaker);
  const { match, tried, isComplete } = await search(searched, suspects, providerId, secrets);
  const weakerFits = weaker[0] ? weakerFitsFact(weaker[0].plan, nearest.plan) : null;
  const others =
    match || best.reason !== "missing" ? [] : otherSenders(request, providerId, nearest.plan);
  const findings = [match, weakerFits, fact, ...others].filter((finding) => finding !== null);
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

/** What fits as it is would else be found as a stronger signature that strayed. */
function withoutSignatures(
  request: SignedRequest,
  fitting: readonly JudgedSecret[],
): SignedRequest {
  const places = fitting.flatMap(({ plan }) => plan.scheme.signature.at);
  const names = new Set(places.map((at) => at.replace(/^header:/, "").toLowerCase()));
  const headers = request.headers.filter(([name]) => !names.has(name.toLowerCase()));
  return names.size === 0 ? request : { ...request, headers };
}

function otherSenders(request: SignedRequest, providerId: string, plan: Plan): Finding[] {
  const other = Object.entries(signingByProvider).find(
    ([id, schemes]) => id !== providerId && schemes.some((scheme) => isCarried(scheme, request)),
  );
  return other ? [otherSenderFact(other[0], plan)] : [];
}
