import { judgeClaims, verdictOf } from "./judge.ts";
import { type Plan, planOf } from "./plan.ts";
import { hashBody } from "./reader.ts";
import { schemesOf } from "./schemes.ts";
import { standing } from "./standing.ts";
import type { Secret, SignedRequest } from "./subject.ts";
import { bestOf, type Verdict } from "./verdict.ts";

/**
 * Whether a request is what the provider signed. Of several secrets and schemes the best result counts, so that a secret
 * can be rotated; but not that of a scheme beside a stronger one. Never throws for what a sender wrote.
 */
export async function verify(
  request: SignedRequest,
  providerId: string,
  secrets: readonly Secret[],
): Promise<Verdict> {
  await hashBody(request, schemesOf(providerId));
  const judged = await Promise.all(
    plansOf(request, providerId, secrets).map(async (plan) => ({
      plan,
      verdict: verdictOf(plan, isUnsigned(plan) ? [] : await judgeClaims(plan)),
    })),
  );
  return bestOf(standing(judged, request).map(({ verdict }) => verdict));
}

/** For each secret the schemes that it fits; all of them when it fits none, which is then said. */
function plansOf(request: SignedRequest, providerId: string, secrets: readonly Secret[]): Plan[] {
  const own = secrets.filter(({ provider }) => provider === providerId);
  return own.flatMap((secret) => {
    const plans = schemesOf(providerId).map((scheme) => planOf(scheme, request, secret));
    const fit = plans.filter(({ isSecretFit }) => isSecretFit);
    return fit.length > 0 ? fit : plans;
  });
}

/** Then nothing need be computed: most requests of a bin may be others'. */
const isUnsigned = ({ claims }: Plan): boolean =>
  claims.every(({ received }) => received.length === 0);
