import type { HeaderPair } from "../contract/headers.ts";
import type { Proof, Scheme } from "../providers/scheme.ts";
import { concat, encode, wireText } from "./bytes.ts";
import { type Draft, toRequest } from "./draft.ts";
import { type Plan, planOf } from "./plan.ts";
import { compute } from "./prove.ts";
import { schemesOf } from "./schemes.ts";
import { SignError } from "./sign-error.ts";
import type { Secret } from "./subject.ts";
import { writeTime } from "./timestamp.ts";
import {
  itemsBeside,
  setIds,
  setMarker,
  setSignature,
  setTime,
  type Written,
} from "./write-signature.ts";

export type Signed = {
  /** In place: order, letter case and duplicates kept; only what the schemes own is replaced or added. */
  headers: HeaderPair[];
  /** Changed only where a signature or its time stands in the body. */
  body: Uint8Array;
  url: string;
  /** The schemes by which it is signed now. */
  schemes: string[];
};

type Signable = Scheme & { proof: Exclude<Proof, { kind: "public-key" }> };
type Signing = { secret: Secret; nowMs: number; written: Written };

/**
 * Signs again: with a fresh timestamp and the same ids, by all schemes that the request carries and this secret can make,
 * or by the provider's first. Throws a SignError.
 * @param draft with the URL that the receiver will see: some sign it.
 */
export async function sign(
  draft: Draft,
  providerId: string,
  secret: Secret,
  { nowMs }: { nowMs: number },
): Promise<Signed> {
  const schemes = chosen(providerId, draft, secret);
  const signing: Signing = { secret, nowMs, written: new Map() };
  let signed = draft;
  for (const scheme of schemes) signed = await signBy(scheme, signed, signing);
  const { headers, body, url } = signed;
  return { headers: [...headers], body, url, schemes: schemes.map(({ id }) => id) };
}

function chosen(providerId: string, draft: Draft, secret: Secret): Signable[] {
  const all = schemesOf(providerId);
  const own = all.filter(isSignable);
  if (all.length === 0) throw new SignError("signs_nothing");
  if (own.length === 0) throw new SignError("only_the_sender");
  const plans = own.map((scheme) => ({ scheme, plan: planOf(scheme, toRequest(draft), secret) }));
  const fit = plans.filter(({ plan }) => plan.isSecretFit);
  if (fit.length === 0) throw new SignError("bad_secret");
  const carried = fit.filter(({ plan }) => plan.claims.some(({ received }) => received.length > 0));
  return (carried.length > 0 ? carried : fit.slice(0, 1)).map(({ scheme }) => scheme);
}

const isSignable = (scheme: Scheme): scheme is Signable => scheme.proof.kind !== "public-key";

async function signBy(scheme: Signable, draft: Draft, signing: Signing): Promise<Draft> {
  const time = scheme.time && writeTime(signing.nowMs, scheme.time.unit);
  const ready = setIds(scheme, setTime(scheme, setMarker(scheme, draft), time));
  const plan = planOf(scheme, toRequest(ready, signing.nowMs), signing.secret, time);
  const items = [...itemsBeside(scheme, draft, time), await signatureOf(scheme, plan)];
  return setSignature(scheme, ready, items, signing.written);
}

async function signatureOf({ proof, signature }: Signable, { claims, key }: Plan): Promise<string> {
  const message = claims[0]?.messages[0];
  if (!message) throw new SignError("no_room");
  const computed = await compute(proof, key, concat(message.map(({ bytes }) => bytes)));
  const isOnWire = signature.encoding === "text" && signature.at[0]?.startsWith("header:");
  const text = isOnWire ? wireText(computed) : encode(computed, signature.encoding);
  return `${signature.prefix ?? ""}${text}`;
}
