import type { HeaderPair } from "../contract/headers.ts";

/** Meant for one hop (RFC 9110 7.6.1), or for the connection that the sender had with us. */
export const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "upgrade",
  "expect",
]);

/** What the Connection headers name, in lower case. */
export function connectionNames(headers: readonly HeaderPair[]): Set<string> {
  const values = headers.filter(([name]) => name.toLowerCase() === "connection");
  return new Set(values.flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/)));
}
