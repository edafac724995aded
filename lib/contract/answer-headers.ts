import type { HeaderPair } from "./headers.ts";
import type { RequestResponse } from "./requests.ts";

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
export function sentHeaders(owners: readonly HeaderPair[], requestId: string): HeaderPair[] {
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
