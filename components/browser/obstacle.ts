import { isLoopbackUrl } from "#components/request/join-preview.ts";

/** What keeps this page from the person's own machine before anything is tried. */
type Obstacle = "insecure" | "safari";

export function obstacleHere(): Obstacle | null {
  if (!window.isSecureContext) return "insecure";
  return isSafari() && !isLoopbackUrl(location.href) ? "safari" : null;
}

/** It takes http://localhost for mixed content on a page of https (WebKit bug 171934). */
const isSafari = () => navigator.vendor.startsWith("Apple");

export const obstacleWords: Record<Obstacle, string> = {
  insecure:
    "Browsers let only pages of https:// or localhost reach apps on your machine. Choose the server, or a listener.",
  safari:
    "Safari keeps pages of https:// from http://localhost. Choose a listener, or open this page in Chrome, Edge or Firefox.",
};
