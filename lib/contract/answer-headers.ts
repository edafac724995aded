import type { HeaderPair } from "./headers.ts";
import type { RequestResponse } from "./requests.ts";

/** RFC 9110 5.6.2: token. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const framing = new Set([
  "content-length",
  "transfer-encoding",
  "trailer",
  "connection",
  "keep-alive",
  "proxy-connection",
  "upgrade",
]);

/** Why an answer can't have a header of this name; null when it can. */
export function headerNameFault(name: string): string | null {
  if (!token.test(name)) {
    return "A header name is a token (RFC 9110): letters, digits and !#$%&'*+-.^_`|~";
  }
  if (framing.has(name.toLowerCase())) {
    return "This header frames the message and is set by the server";
  }
  return /^hooklens-/i.test(name) ? "Names that start with Hooklens- are the server's own" : null;
}

/** Why a header can't have this value; null when it can. */
export function headerValueFault(value: string): string | null {
  if (/[\r\n\0]/.test(value)) return "A header value can't hold CR, LF or NUL";
  return /^[\0-\u00ff]*$/.test(value)
    ? null
    : "A header value holds bytes: no character above U+00FF";
}

const bodiless = new Set([204, 205, 304]);

/** RFC 9110 15.3.6, 15.3.5, 15.4.5: answers of these never carry content. */
export function isBodiless(status: number): boolean {
  return bodiless.has(status);
}

/** Accepted in an answer but never sent on the dashboard's host: they would reach beyond the capture URL. */
const stripped = new Set([
  "set-cookie",
  "set-cookie2",
  "clear-site-data",
  "service-worker-allowed",
  "strict-transport-security",
  "public-key-pins",
  "alt-svc",
  "nel",
  "report-to",
  "reporting-endpoints",
  "origin-agent-cluster",
  "set-login",
  "refresh",
  "speculation-rules",
  "use-as-dictionary",
  "accept-ch",
  "critical-ch",
]);

export function isStrippedHeader(name: string): boolean {
  return stripped.has(name.toLowerCase());
}

/** Names of the headers in an answer that are kept but not sent, in order, once each. */
export function strippedHeaders(headers: readonly HeaderPair[]): string[] {
  return [...new Set(headers.map(([name]) => name).filter(isStrippedHeader))];
}

/**
 * Answers are untrusted content on our own host: whatever a person sets, a browser must run none of it in our origin.
 * A person's own Content-Security-Policy goes out as a second header; browsers enforce both.
 */
export const fixedHeaders: HeaderPair[] = [
  ["Content-Security-Policy", "sandbox"],
  ["X-Content-Type-Options", "nosniff"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Referrer-Policy", "no-referrer"],
];

export const REQUEST_ID_HEADER = "Hooklens-Request-Id";

/** The headers of an answer without its framing, in the order sent: ours first, then the owner's that may be sent. */
function sentHeaders(owners: readonly HeaderPair[], requestId: string): HeaderPair[] {
  return [[REQUEST_ID_HEADER, requestId], ...fixedHeaders, ...owners];
}

/** The answer that was stored with a request, as it was sent. */
export const storedResponse = (
  { status, headers, bodySize }: Omit<RequestResponse, "from">,
  requestId: string,
  refused: boolean,
): RequestResponse => ({
  status,
  headers: sentHeaders(headers, requestId),
  bodySize,
  ...(refused ? { from: "enforce" as const } : {}),
});

/** A listener's answer that went out in place of the bin's, as it was sent. */
export const listenerResponse = (
  { status, headers, bodySize }: Omit<RequestResponse, "from">,
  requestId: string,
): RequestResponse => ({
  status,
  headers: sentHeaders(headers, requestId),
  bodySize,
  from: "listener",
});
