import type { Place } from "../providers/provider.ts";
import type { Scheme } from "../providers/scheme.ts";
import { encode, utf8 } from "./bytes.ts";
import { type Draft, setValue, toRequest } from "./draft.ts";
import { keyOf } from "./key.ts";
import { compute } from "./prove.ts";
import { withoutDer } from "./public-key.ts";
import { Reader } from "./reader.ts";
import { sha256 } from "./set-body-digest.ts";
import { SignError } from "./sign-error.ts";
import type { Secret } from "./subject.ts";
import { type Claims, readToken, type Token, writeUnsigned } from "./token.ts";

type Signing = { secret: Secret; nowMs: number };

/** RFC 7519, 4.1: all in seconds. */
const TIMES = ["iat", "nbf", "exp"];

/** A token with the claims of the one that came, its times moved to now, and the digest of the body as it is. */
export async function signToken(scheme: Scheme, draft: Draft, signing: Signing): Promise<Draft> {
  const { at, prefix = "", jws } = scheme.signature;
  const place = at.find((each) => tokenAt(draft, each, prefix)) ?? at[0];
  if (!place || !jws) throw new SignError("no_room");
  const old = tokenAt(draft, place, prefix);
  const known = old?.claims ?? jws.claims;
  if (!known) throw new SignError("no_token");
  const claims = await bound(scheme, moved(scheme, known, signing.nowMs), draft.body);
  const unsigned = writeUnsigned(old?.head ?? { alg: jws.algorithm, typ: "JWT" }, claims);
  const key = "key" in scheme.proof ? keyOf(scheme.proof.key, signing.secret.value) : null;
  const isPublicKey = scheme.proof.kind === "public-key";
  const computed = await compute(scheme.proof, key, utf8(unsigned));
  const signature = encode(isPublicKey ? withoutDer(computed) : computed, "base64url");
  const signed = setValue(draft, place, `${prefix}${unsigned}.${signature}`);
  if (!signed) throw new SignError("no_room");
  return signed;
}

function tokenAt(draft: Draft, place: Place, prefix: string): Token | null {
  const value = new Reader(toRequest(draft)).first(place);
  return value?.startsWith(prefix) ? readToken(value.slice(prefix.length).trim()) : null;
}

function moved({ time }: Scheme, claims: Claims, nowMs: number): Claims {
  const now = Math.floor(nowMs / 1_000);
  const issued = ["iat", "nbf"].map((name) => claims[name]).find((at) => typeof at === "number");
  const later = TIMES.flatMap((name) => {
    const at = claims[name];
    return typeof at === "number" && issued !== undefined
      ? [[name, at - issued + now] as const]
      : [];
  });
  const own = time?.at.flatMap((at) =>
    at.startsWith("item:") ? [[at.slice(5, -1), now] as const] : [],
  );
  return { ...claims, ...Object.fromEntries(later), ...Object.fromEntries(own ?? []) };
}

async function bound({ bodyDigest }: Scheme, claims: Claims, body: Uint8Array): Promise<Claims> {
  if (!bodyDigest?.at.startsWith("item:")) return claims;
  const name = bodyDigest.at.slice("item:".length);
  return { ...claims, [name]: encode(await sha256(body), bodyDigest.encoding) };
}
