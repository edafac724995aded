import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { isLoopback } from "./loopback.ts";

/** RFC 6761 6.3: never asked of a DNS. */
const LOCALHOST = /^(.+\.)?localhost\.?$/i;

/**
 * The loopback addresses that a host stands for as it is written; null for any other host. `localhost` is both, since
 * many a development server listens on one of them only.
 */
export function loopbackAddresses(host: string): LookupAddress[] | null {
  if (LOCALHOST.test(host)) {
    return [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ];
  }
  const family = isIP(host);
  return family && isLoopback(host) ? [{ address: host, family }] : null;
}
