import type { Scheme, TimeForm } from "../providers/scheme.ts";
import { canonicals } from "./canonical.ts";
import type { Claim } from "./claim.ts";
import { digestClaim } from "./digest-claim.ts";
import { type Key, keyOf } from "./key.ts";
import { type Reader, readerOf } from "./reader.ts";
import { type Received, receivedBy } from "./received.ts";
import type { Validity } from "./spki.ts";
import type { Secret, SignedRequest } from "./subject.ts";
import { fill, itemValue, type Material, variablesOf } from "./template.ts";
import { isStale, readTime } from "./timestamp.ts";

type PlanTime = {
  /** As it came; undefined when it is not there. */
  text: string | undefined;
  /** Null when it is no time in the scheme's unit. */
  ms: number | null;
  /** On arrival; negative: from the future. */
  ageSeconds: number | null;
  isStale: boolean;
  form: TimeForm;
};

/** All that there is to know before anything is computed: of one scheme, one request and one secret. */
export type Plan = {
  scheme: Scheme;
  /** Null: what would be checked, were there a secret. */
  secret: Secret | null;
  /** Null when the secret is none of this kind, or the proof needs no key. */
  key: Key | null;
  isSecretFit: boolean;
  /** The request came when its certificate did not hold. */
  isExpired: boolean;
  claims: readonly Claim[];
  time: PlanTime | null;
  /** What was signed can't be told: only a part of the body was kept. */
  isBodyMissing: boolean;
};

/** @param timeText in place of the request's own time, for what is about to be signed. */
export function planOf(
  scheme: Scheme,
  request: SignedRequest,
  secret: Secret | null,
  timeText?: string,
): Plan {
  const reader = readerOf(request);
  const { groups, items } = isMeant(scheme, reader)
    ? receivedBy(scheme.signature, scheme.proof, reader)
    : { groups: [], items: [] };
  const time = scheme.time
    ? timeOf(scheme.time, timeText ?? timeIn(scheme.time, reader, items), request)
    : null;
  const material = { reader, items, time: time?.text, secret: secret?.value ?? null };
  const key = secret && "key" in scheme.proof ? keyOf(scheme.proof.key, secret.value) : null;
  return {
    scheme,
    secret,
    key,
    isSecretFit: !secret || isFit(scheme, secret.value, key),
    isExpired: !!key?.validity && !holds(key.validity, request.receivedAtMs),
    claims: claimsOf(scheme, material, groups),
    time,
    isBodyMissing: !request.isBodyWhole && needsBody(scheme),
  };
}

const holds = ({ fromMs, untilMs }: Validity, ms: number): boolean => fromMs <= ms && ms <= untilMs;

/** Whether it can be a secret of this scheme. */
export function isFit(scheme: Scheme, value: string, key: Key | null): boolean {
  if (value === "" || scheme.secret.pattern?.test(value) === false) return false;
  return key !== null || !("key" in scheme.proof);
}

function isMeant({ marker }: Scheme, reader: Reader): boolean {
  const value = marker && !marker.isDefault ? reader.first(marker.at) : undefined;
  return value === undefined || value === marker?.value;
}

function claimsOf(scheme: Scheme, material: Material, groups: Received[][]): Claim[] {
  const claims = signatureClaims(scheme, material, groups);
  const isSignedAtAll = claims.some(({ received }) => received.length > 0);
  return scheme.bodyDigest && isSignedAtAll
    ? [...claims, digestClaim(scheme.bodyDigest, material)]
    : claims;
}

function signatureClaims(scheme: Scheme, material: Material, groups: Received[][]): Claim[] {
  const { proof, message } = scheme;
  if ("canonical" in message) {
    const claims = canonicals[message.canonical](material, groups);
    return claims.map((claim) => ({ proof, ...claim }));
  }
  const filled = message.map((template) => fill(template, material));
  const whole = filled.filter(({ absent }) => absent.length === 0);
  const messages = whole.map(({ parts }) => parts);
  const absent = whole.length > 0 ? [] : (filled[0]?.absent ?? []);
  return groups.map((received) => ({ proof, messages, absent, received }));
}

function timeIn({ at }: TimeForm, reader: Reader, items: readonly string[]): string | undefined {
  for (const place of at) {
    const found = place.startsWith("item:")
      ? itemValue(items, place.slice(5))
      : reader.first(place as Exclude<typeof place, `item:${string}`>);
    if (found !== undefined) return found;
  }
  return undefined;
}

function timeOf(form: TimeForm, text: string | undefined, request: SignedRequest): PlanTime {
  const ms = text === undefined ? null : readTime(text, form.unit);
  const ageSeconds = ms === null ? null : (request.receivedAtMs - ms) / 1_000;
  return { text, ms, ageSeconds, isStale: ageSeconds !== null && isStale(ageSeconds, form), form };
}

const IN_BODY = /^(body|json|form)\b/;

function needsBody({ message, signature, bodyDigest }: Scheme): boolean {
  if (bodyDigest) return true;
  if ("canonical" in message || signature.at.some((at) => IN_BODY.test(at))) return true;
  return message.flatMap(variablesOf).some((variable) => IN_BODY.test(variable));
}
