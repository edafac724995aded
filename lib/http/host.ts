import ipaddr from "ipaddr.js";

const HOST = /^(\[[^\]]+\]|[^:]*)(?::\d*)?$/;

/**
 * Whether a Host names this server: PUBLIC_URL's host, localhost or an IP literal. Any other name may be an attacker's
 * that resolves to us (DNS rebinding), and its page would pass for same-origin.
 */
export function isOwnHost(host: string | undefined, publicUrl: string): boolean {
  const name = HOST.exec(host?.toLowerCase() ?? "")?.[1];
  if (!name) return false;
  if (name === "localhost" || name === new URL(publicUrl).hostname) return true;
  return name.startsWith("[")
    ? ipaddr.IPv6.isValid(name.slice(1, -1))
    : ipaddr.IPv4.isValidFourPartDecimal(name);
}
