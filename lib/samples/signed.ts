import type { Draft } from "../signatures/draft.ts";
import { sign } from "../signatures/sign.ts";
import { SignError } from "../signatures/sign-error.ts";
import type { Secret } from "../signatures/subject.ts";
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
  const signed = await trySign(draft, provider, { id: "", provider, value: own.secret }, nowMs);
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
