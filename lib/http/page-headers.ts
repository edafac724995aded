import { randomBytes } from "node:crypto";

/**
 * The person's own machine, for the page that sends there. An IPv6 address can't be named (CSP 3, host-part); "http"
 * stands for https as well, and nothing here upgrades requests.
 */
const OWN_MACHINE = "http://localhost:* http://*.localhost:* http://127.0.0.1:*";
/**
 * A policy is that of the document that was loaded, and stays over links that load none: so the entrance, where a bin is made,
 * and all pages of a bin have the same. Shares lead away by plain links.
 */
const LEADS_TO_A_BIN = /^\/(?:b\/.*)?$/;

/**
 * The policy of a page: scripts and styles by this answer's nonce only, nothing from elsewhere, no frame around us.
 * `style-src-attr` lets React's style attributes through (values, never rules); the dev server's reloading needs eval
 * and its own inline styles.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean, path: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${LEADS_TO_A_BIN.test(path) ? ` ${OWN_MACHINE}` : ""}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const newNonce = () => randomBytes(16).toString("base64");

/** On every answer of pages and API. */
export const safetyHeaders: [string, string][] = [
  ["X-Content-Type-Options", "nosniff"],
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["X-Frame-Options", "DENY"],
];
