import { concat, encode } from "../signatures/bytes.ts";
import { type Draft, toRequest } from "../signatures/draft.ts";
import { planOf } from "../signatures/plan.ts";
import { schemesOf } from "../signatures/schemes.ts";
import { sign } from "../signatures/sign.ts";
import { SignError } from "../signatures/sign-error.ts";
import type { Secret } from "../signatures/subject.ts";
import { writeTime } from "../signatures/timestamp.ts";
import { setSignature, setTime } from "../signatures/write-signature.ts";
import type { KeyPair } from "./key-pair.ts";
import { throwAway } from "./throw-away.ts";

export type SignedSample = {
  draft: Draft;
  /** What it was signed with: one of the bin's, one of its own that is shown, or nothing. */
  by: { kind: "kept"; id: string } | { kind: "shown"; secret: string } | { kind: "nothing" };
};

/** Signs a sample with a secret of its provider that the bin keeps, else with one that is made for it and shown. */
export async function signSample(
  draft: Draft,
  provider: string,
  kept: readonly Secret[],
  nowMs: number,
): Promise<SignedSample> {
  for (const secret of kept.filter((each) => each.provider === provider)) {
    const signed = await trySign(draft, provider, secret, nowMs);
    if (signed) return { draft: signed, by: { kind: "kept", id: secret.id } };
  }
  const own = await throwAway(provider);
  if (!own) return { draft, by: { kind: "nothing" } };
  const secret = { id: "", provider, value: own.shown };
  const signed = own.keyPair
    ? await signByPair(draft, secret, own.keyPair, nowMs)
    : await trySign(draft, provider, secret, nowMs);
  if (!signed) return { draft, by: { kind: "nothing" } };
  return { draft: signed, by: { kind: "shown", secret: own.shown } };
}

/** Null for what this secret can't sign: a public key is kept to check, and not to sign with. */
async function trySign(
  draft: Draft,
  provider: string,
  secret: Secret,
  nowMs: number,
): Promise<Draft | null> {
  try {
    return { ...draft, ...(await sign(draft, provider, secret, { nowMs })) };
  } catch (error) {
    if (error instanceof SignError) return null;
    throw error;
  }
}

async function signByPair(
  draft: Draft,
  secret: Secret,
  pair: KeyPair,
  nowMs: number,
): Promise<Draft | null> {
  const [scheme] = schemesOf(secret.provider);
  if (!scheme) return null;
  const time = scheme.time && writeTime(nowMs, scheme.time.unit);
  const timed = setTime(scheme, draft, time);
  const [message] = planOf(scheme, toRequest(timed, nowMs), secret, time).claims[0]?.messages ?? [];
  if (!message) return null;
  const signature = await pair.sign(concat(message.map(({ bytes }) => bytes)));
  const { prefix = "", encoding } = scheme.signature;
  return setSignature(scheme, timed, [`${prefix}${encode(signature, encoding)}`], new Map());
}
