import { fromBase64 } from "#components/body/base64.ts";

export type Authorization =
  | { kind: "basic"; user: string; password: string }
  | { kind: "jwt"; header: Uint8Array; payload: Uint8Array; times: JwtTime[] };

/** A claim that is a moment (RFC 7519 4.1), as RFC 3339. */
export type JwtTime = { claim: "iat" | "nbf" | "exp"; at: string };

/** What an Authorization value holds, where it can be read: Basic (RFC 7617) or a Bearer JWT. Nothing is verified. */
export function readAuthorization(value: string): Authorization | null {
  const [, scheme = "", rest = ""] = /^(\S+) +(\S+)\s*$/.exec(value) ?? [];
  if (scheme.toLowerCase() === "basic") return readBasic(rest);
  return scheme.toLowerCase() === "bearer" ? readJwt(rest) : null;
}

function readBasic(token: string): Authorization | null {
  const bytes = decode(token);
  const text = bytes && new TextDecoder().decode(bytes);
  const colon = text?.indexOf(":") ?? -1;
  if (!text || colon === -1) return null;
  return { kind: "basic", user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function readJwt(token: string): Authorization | null {
  const parts = token.split(".");
  const [header, payload] = parts.slice(0, 2).map((part) => decode(fromUrlAlphabet(part)));
  if (parts.length !== 3 || !header || !payload) return null;
  const claims = readObject(payload);
  if (!readObject(header) || !claims) return null;
  return { kind: "jwt", header, payload, times: timesOf(claims) };
}

const fromUrlAlphabet = (text: string) => text.replaceAll("-", "+").replaceAll("_", "/");

function decode(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function readObject(bytes: Uint8Array): object | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function timesOf(claims: object): JwtTime[] {
  const names = ["iat", "nbf", "exp"] as const;
  return names.flatMap((claim) => {
    const seconds: unknown = Reflect.get(claims, claim);
    const date = typeof seconds === "number" ? new Date(seconds * 1000) : null;
    return date && Number.isFinite(date.getTime()) ? [{ claim, at: date.toISOString() }] : [];
  });
}
