/**
 * What a page may say of a request's headers. Source: Fetch, "forbidden request-header" and "no-CORS-safelisted
 * request-header"; tried with Chromium 156 at a raw socket (tests/browser/browser-forward.spec.ts).
 */

/** Only the browser writes these. */
const FORBIDDEN = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "trailer",
  "via",
]);
const OVERRIDES = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);
export const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);

/** @param name in lower case. */
export function isForbidden(name: string, value: string): boolean {
  if (FORBIDDEN.has(name) || name.startsWith("sec-") || name.startsWith("proxy-")) return true;
  const methods = value.split(",").map((method) => method.trim().toUpperCase());
  return OVERRIDES.has(name) && methods.some((method) => FORBIDDEN_METHODS.has(method));
}

const PLAIN_NAMES = new Set(["accept", "accept-language", "content-language", "content-type"]);
const PLAIN_TYPES = new Set([
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
]);
const PLAIN_VALUE_BYTES_MAX = 128;
const UNSAFE = /["():<>?@[\\\]{}]|(?![\t\x80-\x9f])\p{Cc}/u;
const LANGUAGES = /^[0-9A-Za-z *,\-.;=]*$/;

/** Whether a page may send it to a target that was not asked beforehand (no CORS). @param name in lower case. */
export function isPlain(name: string, value: string): boolean {
  if (!PLAIN_NAMES.has(name) || value.length > PLAIN_VALUE_BYTES_MAX) return false;
  if (name.endsWith("-language")) return LANGUAGES.test(value);
  if (UNSAFE.test(value)) return false;
  return name !== "content-type" || PLAIN_TYPES.has(essence(value));
}

const essence = (type: string) => (type.split(";")[0] ?? "").trim().toLowerCase();

/** Fetch writes them in capitals; any other method stays as it is. */
const NORMALISED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

export const normalisedMethod = (method: string): string =>
  NORMALISED.has(method.toUpperCase()) ? method.toUpperCase() : method;

/** With one of these a browser asks its cache nothing, and tells the target so. */
export const CONDITIONAL = new Set([
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
]);
