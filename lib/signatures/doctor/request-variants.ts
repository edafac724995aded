import type { Scheme } from "../../providers/scheme.ts";
import type { Plan } from "../plan.ts";
import type { SignedRequest } from "../subject.ts";
import { variablesOf } from "../template.ts";
import { bodyVariants } from "./body-variants.ts";
import type { ChangeCode } from "./change.ts";
import { urlVariants } from "./url-variants.ts";

/** What may have been signed in place of what came: another request, or other parts of it. */
export type RequestVariant = { request: SignedRequest; scheme: Scheme; codes: ChangeCode[] };

/** One change, for each plan whose scheme signs what is changed; null for the others. */
type Variant = { of: (plan: Plan) => RequestVariant | null };

/** Changes to what any of the plans signs; the cheap first. */
export async function* requestVariants(
  request: SignedRequest,
  plans: readonly Plan[],
): AsyncGenerator<Variant> {
  const only =
    (signs: (plan: Plan) => boolean, changed: Partial<SignedRequest>, codes: ChangeCode[]) =>
    (plan: Plan) =>
      signs(plan) ? { request: { ...request, ...changed }, scheme: plan.scheme, codes } : null;
  if (plans.some(signsUrl)) {
    for (const { url, codes } of urlVariants(request.url, request.headers)) {
      yield { of: only(signsUrl, { url }, codes) };
    }
  }
  for (const scheme of new Set(plans.map((plan) => plan.scheme))) {
    for (const message of otherMessages(scheme))
      yield { of: withMessage(request, scheme, message) };
  }
  if (plans.some(signsBody)) {
    for await (const { body, codes } of bodyVariants(request.body, request.headers)) {
      yield { of: only(signsBody, { body }, codes) };
    }
  }
}

const signs = (beginning: string) => (plan: Plan) =>
  plan.claims.some(({ messages }) =>
    messages.flat().some(({ from }) => from.startsWith(beginning)),
  );
const signsUrl = signs("url");
const signsBody = signs("body");

const withMessage =
  (request: SignedRequest, scheme: Scheme, message: string): Variant["of"] =>
  (plan) =>
    plan.scheme === scheme
      ? { request, scheme: { ...scheme, message: [message] }, codes: ["parts_left_out"] }
      : null;

/** Without one of its variables, without what stands between them, in the other order, or the body alone. */
function otherMessages({ message }: Scheme): string[] {
  if ("canonical" in message) return [];
  const [own = ""] = message;
  const variables = variablesOf(own).map((variable) => `{${variable}}`);
  if (variables.length < 2) return [];
  const fewer = variables.map((_, left) => variables.filter((__, at) => at !== left));
  const messages = [variables, variables.toReversed(), ...fewer].flatMap((each) =>
    [".", "", ":"].map((between) => each.join(between)),
  );
  return [...new Set(messages)].filter((each) => each !== own);
}
