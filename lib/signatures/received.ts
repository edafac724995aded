import type { Place } from "../providers/provider.ts";
import type { Proof, SignatureForm } from "../providers/scheme.ts";
import { type Bytes, decode, wireBytes } from "./bytes.ts";
import { type Reader, VALUES_MAX } from "./reader.ts";
import { readToken } from "./token.ts";

/** A signature that came with a request. */
export type Received = {
  at: Place | `item:${string}`;
  /** Without its prefix. */
  text: string;
  /** Null when it is not written as signatures of this scheme are. */
  bytes: Bytes | null;
};

export type Signatures = {
  /** In each group any one must fit; there are several only for a batch whose elements are signed one by one. */
  groups: Received[][];
  /** What stands beside the signatures in the same values, with its beginning: `t=1492774577`. */
  items: readonly string[];
};

const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32, "SHA-512": 64 };
/** Least and most. ECDSA: as two numbers or as DER; RSA: keys of 1,024 to 8,192 bits. */
const SIGNATURE_BYTES = {
  Ed25519: [64, 64],
  ECDSA: [8, 72],
  "RSA SHA-1": [128, 1_024],
  "RSA SHA-256": [128, 1_024],
} as const;

/** All signatures of a request that a scheme could mean. */
export function receivedBy(form: SignatureForm, proof: Proof, reader: Reader): Signatures {
  if (form.jws) return receivedTokens(form, proof, reader);
  const values = form.at.flatMap((at) => reader.all(at).map((value) => ({ at, value })));
  const isBatch = form.at.some((at) => at.includes("[*]"));
  const items = values.flatMap(({ at, value = "" }) =>
    itemsOf(value, form).map((item) => ({ at, item })),
  );
  const bounded = items.slice(0, VALUES_MAX);
  const toReceived = ({ at, item }: { at: Place; item: string }) => read(at, item, form, proof);
  const groups = isBatch
    ? values.map(({ at, value }) => (value === undefined ? [] : [toReceived({ at, item: value })]))
    : [bounded.filter(({ item }) => item.startsWith(form.prefix ?? "")).map(toReceived)];
  return { groups, items: bounded.map(({ item }) => item) };
}

/** The first token counts: its claims are items, which could not be told apart from another's. */
function receivedTokens(form: SignatureForm, proof: Proof, reader: Reader): Signatures {
  const { prefix = "" } = form;
  for (const at of form.at) {
    const value = reader.all(at).find((each) => each?.startsWith(prefix));
    if (value === undefined) continue;
    const token = readToken(value.slice(prefix.length).trim());
    const isMeant = token?.algorithm === form.jws?.algorithm;
    const received = read(at, token?.signature ?? value, { ...form, prefix: "" }, proof);
    return {
      groups: [[isMeant ? received : { ...received, bytes: null }]],
      items: token?.items ?? [],
    };
  }
  return { groups: [[]], items: [] };
}

function itemsOf(value: string, { separator }: SignatureForm): string[] {
  if (separator === undefined) return [value.trim()];
  const items = value.split(separator.trim() || " ", VALUES_MAX);
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function read(at: Place, item: string, form: SignatureForm, proof: Proof): Received {
  const text = item.slice(form.prefix?.length ?? 0);
  const isOnWire = form.encoding === "text" && at.startsWith("header:");
  const bytes = isOnWire ? wireBytes(text) : decode(text, form.encoding);
  return { at, text, bytes: bytes && hasLength(bytes, proof) ? bytes : null };
}

function hasLength({ length }: Bytes, proof: Proof): boolean {
  if (proof.kind === "equal") return true;
  if (proof.kind === "public-key") {
    const [least, most] = SIGNATURE_BYTES[proof.algorithm];
    return length >= least && length <= most;
  }
  return length === HASH_BYTES[proof.hash];
}
