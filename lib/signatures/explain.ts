import type { KeyRecipe, Proof, TimeForm } from "../providers/scheme.ts";
import { concat, encode } from "./bytes.ts";
import { type Judged, judgeClaims, verdictOf } from "./judge.ts";
import { recipeWords } from "./key.ts";
import { type Plan, planOf } from "./plan.ts";
import type { Proven } from "./prove.ts";
import type { Received } from "./received.ts";
import { hashBody } from "./reader.ts";
import { schemesOf } from "./schemes.ts";
import { outrankedIn } from "./standing.ts";
import type { Secret, SignedRequest } from "./subject.ts";
import type { Part } from "./template.ts";
import type { Verdict } from "./verdict.ts";

type ExplainedMessage = {
  /** What stands at `secret` is withheld: no bytes. */
  parts: readonly Part[];
  /** All that was signed, without what is withheld. */
  bytes: Uint8Array;
  /** As it would stand in the request, without its prefix. Null where it is the secret, or only the sender can make it. */
  computed: string | null;
};

type ExplainedClaim = {
  /** The possible messages; empty for a token, which signs nothing. */
  messages: readonly ExplainedMessage[];
  /** What the message needs and the request does not have, as variables of a template. */
  absent: readonly string[];
  received: readonly { at: Received["at"]; text: string; isReadable: boolean; fits: boolean }[];
};

export type Explanation = {
  scheme: string;
  secretId: string | null;
  /** `HMAC SHA-256`, `SHA-256`, `Ed25519`; null for a token. */
  algorithm: string | null;
  /** How the secret becomes the key; `length` in bytes, null without a secret that is one. */
  key: { recipe: string; length: number | null } | null;
  claims: readonly ExplainedClaim[];
  time: {
    text: string | null;
    ms: number | null;
    ageSeconds: number | null;
    toleranceSeconds: number | null;
    side: TimeForm["side"];
  } | null;
  verdict: Verdict;
  /** The scheme that came beside it and stands for it, whatever this verdict is; null: this one counts. */
  outrankedBy: string | null;
};

/**
 * What each scheme of the provider makes of a request, with each secret; without one: what would be signed. Neither a
 * secret nor a key is in it.
 */
export async function explain(
  request: SignedRequest,
  providerId: string,
  secrets: readonly Secret[],
): Promise<Explanation[]> {
  await hashBody(request, schemesOf(providerId));
  const own: (Secret | null)[] = secrets.filter(({ provider }) => provider === providerId);
  if (own.length === 0) own.push(null);
  const plans = own.flatMap((secret) =>
    schemesOf(providerId).map((scheme) => planOf(scheme, request, secret)),
  );
  const judgements = await Promise.all(plans.map(judge));
  const outranked = outrankedIn(judgements, request);
  return judgements.map((each) => {
    const by = outranked.get(each.plan.scheme.id);
    return explainPlan(each, by?.plan.scheme.id ?? null);
  });
}

type Judgement = { plan: Plan; judged: readonly Judged[]; verdict: Verdict };

async function judge(plan: Plan): Promise<Judgement> {
  const judged = await judgeClaims(plan);
  return { plan, judged, verdict: verdictOf(plan, judged) };
}

function explainPlan(
  { plan, judged, verdict }: Judgement,
  outrankedBy: string | null,
): Explanation {
  const { proof } = plan.scheme;
  return {
    scheme: plan.scheme.id,
    secretId: plan.secret?.id ?? null,
    algorithm: algorithmOf(proof),
    key: "key" in proof ? explainKey(proof.key, plan) : null,
    claims: judged.map((each) => explainClaim(plan, each)),
    time: explainTime(plan),
    verdict,
    outrankedBy,
  };
}

function algorithmOf(proof: Proof): string | null {
  if (proof.kind === "equal") return null;
  if (proof.kind === "public-key") return proof.algorithm;
  return proof.kind === "hmac" ? `HMAC ${proof.hash}` : proof.hash;
}

const explainKey = (recipe: KeyRecipe, { key }: Plan) => ({
  recipe: recipeWords(recipe),
  length: key?.bytes.length ?? null,
});

function explainClaim({ scheme }: Plan, { claim, proven }: Judged): ExplainedClaim {
  const isToken = claim.proof.kind === "equal";
  const messages = isToken ? [] : claim.messages;
  return {
    messages: messages.map((parts, at) =>
      explainMessage(parts, proven[at], claim.encoding ?? scheme.signature.encoding),
    ),
    absent: claim.absent,
    received: claim.received.map(({ at, text, bytes }, index) => ({
      at,
      text,
      isReadable: bytes !== null,
      fits: proven.some(({ fits }) => fits[index] === true),
    })),
  };
}

function explainMessage(
  parts: readonly Part[],
  proven: Proven | undefined,
  encoding: Parameters<typeof encode>[1],
): ExplainedMessage {
  const shown = parts.map(({ from, bytes }) => ({
    from,
    bytes: from === "secret" ? new Uint8Array() : bytes,
  }));
  return {
    parts: shown,
    bytes: concat(shown.map(({ bytes }) => bytes)),
    computed: proven?.computed ? encode(proven.computed, encoding) : null,
  };
}

function explainTime({ time }: Plan): Explanation["time"] {
  if (!time) return null;
  const { text = null, ms, ageSeconds, form } = time;
  return { text, ms, ageSeconds, toleranceSeconds: form.toleranceSeconds, side: form.side };
}
