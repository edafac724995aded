import { decodeBase64 } from "./base64.ts";

/** A claim that is a moment, in milliseconds since 1970 (RFC 7519 4.1). */
export type JwtTime = { claim: "iat" | "nbf" | "exp"; atMs: number };

/** A token taken apart. Nothing of it is verified. */
export type Jwt = {
  /** JSON texts as they are in the token. `claims` is null in an encrypted one. */
  header: string;
  claims: string | null;
  /** Of the header; "none" says that nothing protects the token. */
  algorithm: string;
  times: JwtTime[];
};

const strict = new TextDecoder("utf-8", { fatal: true });
const TIMES = ["iat", "nbf", "exp"] as const;

/** Reads a JWS (RFC 7515 7.1) whose payload is a JSON object, or the header of a JWE (RFC 7516 7.1); null for all else. */
export function readJwt(value: string): Jwt | null {
  // The first character of {" in base64url is always e.
  if (!value.startsWith("e")) return null;
  const parts = value.split(".");
  const head = readObject(parts[0] ?? "");
  const algorithm: unknown = head && Reflect.get(head.object, "alg");
  if (!head || typeof algorithm !== "string") return null;
  if (parts.length === 5 && parts.slice(2).every(isPart)) {
    return { header: head.text, claims: null, algorithm, times: [] };
  }
  const payload = parts.length === 3 && isPart(parts[2] ?? "") ? readObject(parts[1] ?? "") : null;
  return (
    payload && {
      header: head.text,
      claims: payload.text,
      algorithm,
      times: timesOf(payload.object),
    }
  );
}

/** Empty too: an unsecured token has no signature, an encrypted one may have no key. */
const isPart = (part: string) => /^[\w-]*$/.test(part);

function readObject(part: string): { text: string; object: object } | null {
  const decoded = decodeBase64(part);
  if (!decoded) return null;
  try {
    const text = strict.decode(decoded.bytes);
    const object: unknown = JSON.parse(text);
    const isObject = typeof object === "object" && object !== null && !Array.isArray(object);
    return isObject ? { text, object } : null;
  } catch {
    return null;
  }
}

function timesOf(claims: object): JwtTime[] {
  return TIMES.flatMap((claim) => {
    const seconds: unknown = Reflect.get(claims, claim);
    const atMs = typeof seconds === "number" ? seconds * 1000 : Number.NaN;
    return Number.isFinite(new Date(atMs).getTime()) ? [{ claim, atMs }] : [];
  });
}
