import { decode, encode, utf8 } from "./bytes.ts";

export type Claims = Record<string, unknown>;

export type Token = {
  algorithm: unknown;
  head: Claims;
  claims: Claims;
  /** As they came, in base64url. */
  signature: string;
  /** The claims as `name=value`, and what was signed as `signed=`. */
  items: string[];
};

/** A JWS in its compact form (RFC 7515, 7.1); null for what is none. Nothing in it is believed yet. */
export function readToken(text: string): Token | null {
  const [head = "", claims = "", signature = "", ...more] = text.split(".", 4);
  const [headRead, claimsRead] = [parse(head), parse(claims)];
  if (!headRead || !claimsRead || signature === "" || more.length > 0) return null;
  const items = Object.entries(claimsRead)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([name, value]) => `${name}=${String(value)}`);
  return {
    algorithm: headRead["alg"],
    head: headRead,
    claims: claimsRead,
    signature,
    items: [`signed=${head}.${claims}`, ...items],
  };
}

/** What a token signs. */
export const writeUnsigned = (head: Claims, claims: Claims): string =>
  [head, claims].map((part) => encode(utf8(JSON.stringify(part)), "base64url")).join(".");

function parse(part: string): Claims | null {
  const bytes = decode(part, "base64url");
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Claims) : null;
  } catch {
    return null;
  }
}
