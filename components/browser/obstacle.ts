import { isLoopbackUrl } from "#components/request/join-preview.ts";
import { maySend } from "#lib/contract/browser-limits.ts";

/** What keeps this page from the person's own machine before anything is tried. */
export type Obstacle = "policy" | "insecure" | "safari";

/**
 * The page's policy is that of the document that was loaded: a bin that was reached from another page by a link still has
 * that page's.
 */
export function obstacleHere(): Obstacle | null {
  if (!window.isSecureContext) return "insecure";
  if (isSafari() && !isLoopbackUrl(location.href)) return "safari";
  const [loaded] = performance.getEntriesByType("navigation");
  const path = loaded ? new URL(loaded.name).pathname : location.pathname;
  return maySend(path) ? null : "policy";
}

/** It takes http://localhost for mixed content on a page of https (WebKit bug 171934). */
const isSafari = () => navigator.vendor.startsWith("Apple");

export const obstacleWords: Record<Obstacle, string> = {
  policy:
    "This page was opened from another one of ours and still has its rules, which keep it off your machine. Load it anew, once.",
  insecure:
    "Browsers let only pages of https:// or localhost reach apps on your machine. Choose the server, or a listener.",
  safari:
    "Safari keeps pages of https:// from http://localhost. Choose a listener, or open this page in Chrome, Edge or Firefox.",
};
