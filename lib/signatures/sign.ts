import type { HeaderPair } from "../contract/headers.ts";
import type { Scheme, SignatureForm } from "../providers/scheme.ts";
import { concat, encode, wireText } from "./bytes.ts";
import { signs } from "./can-sign.ts";
import { type Draft, toRequest } from "./draft.ts";
import { type Plan, planOf } from "./plan.ts";
import { compute } from "./prove.ts";
import { hashBody } from "./reader.ts";
import { schemesOf } from "./schemes.ts";
import { SignError } from "./sign-error.ts";
import type { Secret } from "./subject.ts";
import { writeTime } from "./timestamp.ts";
import { setBodyDigest } from "./set-body-digest.ts";
import { signToken } from "./sign-token.ts";
import {
  itemsBeside,
  setElements,
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
  /** A token or a password: what was written is the secret itself, and not to be kept or shown. */
  isSecretItself: boolean;
};

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
  return {
    headers: [...headers],
    body,
    url,
    schemes: schemes.map(({ id }) => id),
    isSecretItself: schemes.some(({ proof }) => proof.kind === "equal"),
  };
}

function chosen(providerId: string, draft: Draft, secret: Secret): Scheme[] {
  const all = schemesOf(providerId);
  const own = all.filter((scheme) => signs(scheme, secret));
  if (all.length === 0) throw new SignError("signs_nothing");
  if (own.length === 0) throw new SignError("only_the_sender");
  const plans = own.map((scheme) => ({ scheme, plan: planOf(scheme, toRequest(draft), secret) }));
  const fit = plans.filter(({ plan }) => plan.isSecretFit);
  if (fit.length === 0) {
    const isPublicKey = all.some((scheme) => planOf(scheme, toRequest(draft), secret).isSecretFit);
    throw new SignError(isPublicKey ? "only_the_sender" : "bad_secret");
  }
  const carried = fit.filter(({ plan }) => isCarried(plan));
  const first = fit.find(({ scheme, plan }) => canBegin(scheme, plan)) ?? fit[0];
  return (carried.length > 0 ? carried : first ? [first] : []).map(({ scheme }) => scheme);
}

/** With all that it needs: what lacks something may be another scheme that uses the same place. */
const isCarried = ({ claims }: Plan): boolean =>
  claims.some(({ received }) => received.length > 0) &&
  claims.every(({ absent }) => absent.length === 0);

/** Whether there is what only code can tell, such as a form; all else is written when it is signed. */
const canBegin = ({ message }: Scheme, { claims }: Plan): boolean =>
  !("canonical" in message) || claims.some(({ messages }) => messages.length > 0);

async function signBy(scheme: Scheme, draft: Draft, signing: Signing): Promise<Draft> {
  if (scheme.signature.jws) return signToken(scheme, draft, signing);
  const time = scheme.time && writeTime(signing.nowMs, scheme.time.unit);
  const timed = setIds(scheme, setTime(scheme, setMarker(scheme, draft), time));
  const ready = await setBodyDigest(scheme, timed);
  const request = toRequest(ready, signing.nowMs);
  await hashBody(request, [scheme]);
  const plan = planOf(scheme, request, signing.secret, time);
  const signatures = await signaturesOf(scheme, plan);
  if (isBatch(scheme.signature)) return setElements(scheme, ready, signatures);
  const items = [...itemsBeside(scheme, draft, time), ...signatures];
  return setSignature(scheme, ready, items, signing.written);
}

/** One, or one for each element of a batch. */
async function signaturesOf(
  { proof, signature }: Scheme,
  { claims, key }: Plan,
): Promise<string[]> {
  const signed = isBatch(signature) ? claims : claims.slice(0, 1);
  if (signed.length === 0) throw new SignError("no_room");
  return Promise.all(
    signed.map(async ({ messages: [message], prefix = signature.prefix ?? "" }) => {
      if (!message) throw new SignError("no_room");
      const computed = await compute(proof, key, concat(message.map(({ bytes }) => bytes)));
      return `${prefix}${written(computed, signature)}`;
    }),
  );
}

function written(computed: Uint8Array, { at, encoding }: SignatureForm): string {
  const isOnWire = encoding === "text" && at[0]?.startsWith("header:");
  return isOnWire ? wireText(computed) : encode(computed, encoding);
}

const isBatch = ({ at }: SignatureForm): boolean => at.some((each) => each.includes("[*]"));
