import { type Bytes, decode } from "./bytes.ts";
import {
  BIT_STRING,
  type Element,
  encodeElement,
  encodeInteger,
  encodeNull,
  readElement,
  readElements,
  SEQUENCE,
} from "./der.ts";
import { oid } from "./key-algorithms.ts";

/** A chain of certificates and more; no key is longer. */
const TEXT_CHARACTERS_MAX = 64 * 1024;
/** As many as a sender may have at once, while it changes from one to the next. */
const KEYS_MAX = 8;
/** What stands in a certificate up to its key: RFC 5280, 4.1. */
const FIELDS_UP_TO_KEY = 7;
const VERSION_TAG = 0xa0;
/** Their places among the fields from the serial number on. */
const VALIDITY = 3;
const KEY = 5;
const UTC_TIME = 0x17;

export type Validity = { fromMs: number; untilMs: number };

/**
 * Public keys as SPKI (RFC 5280, 4.1.2.7), from any form in which they are handed out: PEM of a key or of a certificate, the
 * DER of either in base64, a JWK of RSA, P-256 or Ed25519, the 32 bytes of an Ed25519 key in hex or base64; a JSON set of
 * JWKs, or of PEM texts by their ids. Whatever stands before the PEM text or the JSON is passed over. Empty for anything
 * else. Of a chain the first certificate counts; its issuer is not judged.
 */
export function readPublicKeys(text: string): Bytes[] {
  if (text.length > TEXT_CHARACTERS_MAX) return [];
  const json = /^[^{]*?(?=\{\s*")/s.exec(text);
  if (json) return jsonKeys(text.slice(json[0].length)).flatMap((each) => each ?? []);
  const key = readText(text.trim());
  return key ? [key] : [];
}

/** From when until when a certificate holds, in milliseconds since 1970; null for all else. */
export function readValidity(text: string): Validity | null {
  const der = text.length > TEXT_CHARACTERS_MAX ? null : readDer(text);
  const whole = der && readElement(der, 0, der.length);
  const [signed] = (whole && readElements(der, whole, 1)) || [];
  const validity = der && signed ? fieldsOf(der, signed)[VALIDITY] : undefined;
  const times = der && validity ? readElements(der, validity, 2) : null;
  const [fromMs, untilMs] = (times ?? []).map((time) => (der ? readMoment(der, time) : Number.NaN));
  const isRead = fromMs !== undefined && untilMs !== undefined && fromMs <= untilMs;
  return isRead ? { fromMs, untilMs } : null;
}

/** UTCTime, whose years are those from 1950 on, or GeneralizedTime (RFC 5280, 4.1.2.5). */
function readMoment(der: Bytes, { tag, content, end }: Element): number {
  const text = new TextDecoder().decode(der.subarray(content, end));
  const century = tag === UTC_TIME ? (text < "50" ? "20" : "19") : "";
  return Date.parse(
    `${century}${text}`.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

const readDer = (text: string): Bytes | null =>
  decode((armoured(text) ?? text).replace(/\s/g, ""), "base64");

function readText(text: string): Bytes | null {
  const raw = /^[0-9a-f]{64}$/i.test(text) ? decode(text, "hex") : null;
  if (raw) return ed25519(raw);
  const der = readDer(text);
  if (!der) return null;
  return der.length === 32 ? ed25519(der) : fromDer(der);
}

function jsonKeys(text: string): (Bytes | null)[] {
  const value = parse(text);
  const all: unknown[] = Array.isArray(value["keys"]) ? value["keys"] : Object.values(value);
  const texts = all.filter((each) => typeof each === "string" && each.startsWith("-----BEGIN "));
  if (texts.length > 0) return texts.slice(0, KEYS_MAX).map((each) => readText(String(each)));
  const jwks = Array.isArray(value["keys"]) ? all : [value];
  return jwks.slice(0, KEYS_MAX).map((each) => fromJwk(Object(each) as Record<string, unknown>));
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What stands between the first pair of PEM lines. */
function armoured(text: string): string | null {
  const begin = /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY)-----/.exec(text);
  if (!begin) return null;
  const start = begin.index + begin[0].length;
  const end = text.indexOf("-----END ", start);
  return end < 0 ? null : text.slice(start, end);
}

/** A certificate, an SPKI or an RSAPublicKey (RFC 8017, A.1.1), told by what they begin with. */
function fromDer(der: Bytes): Bytes | null {
  const whole = readElement(der, 0, der.length);
  const [first, second] = (whole?.tag === SEQUENCE && readElements(der, whole, 2)) || [];
  if (!whole || !first || !second) return null;
  if (first.tag === 0x02 && second.tag === 0x02) return rsa(der.slice(0, whole.end));
  if (first.tag !== SEQUENCE) return null;
  if (second.tag === BIT_STRING) return der.slice(0, whole.end);
  const key = fieldsOf(der, first)[KEY];
  return key?.tag === SEQUENCE ? der.slice(key.start, key.end) : null;
}

/** Of what is signed in a certificate, from its serial number on. */
function fieldsOf(der: Bytes, signed: Element): Element[] {
  const fields = readElements(der, signed, FIELDS_UP_TO_KEY) ?? [];
  return fields[0]?.tag === VERSION_TAG ? fields.slice(1) : fields;
}

function fromJwk({ kty, crv, x, y, n, e }: Record<string, unknown>): Bytes | null {
  const [xBytes, yBytes] = [read(x), read(y)];
  if (kty === "OKP" && crv === "Ed25519" && xBytes?.length === 32) return ed25519(xBytes);
  if (kty === "EC" && crv === "P-256" && xBytes?.length === 32 && yBytes?.length === 32) {
    return spki(oid.ECDSA, new Uint8Array([4, ...xBytes, ...yBytes]));
  }
  const [modulus, exponent] = [read(n), read(e)];
  if (kty !== "RSA" || !modulus || !exponent) return null;
  return rsa(encodeElement(SEQUENCE, encodeInteger(modulus), encodeInteger(exponent)));
}

const read = (value: unknown): Bytes | null =>
  typeof value === "string" ? decode(value, "base64url") : null;

const rsa = (key: Bytes): Bytes => spki([...oid.RSA, ...encodeNull()], key);

const ed25519 = (key: Bytes): Bytes => spki(oid.Ed25519, key);

const spki = (algorithm: number[], key: Bytes): Bytes =>
  encodeElement(
    SEQUENCE,
    encodeElement(SEQUENCE, new Uint8Array(algorithm)),
    encodeElement(BIT_STRING, new Uint8Array([0]), key),
  );
