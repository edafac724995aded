import ipaddr from "ipaddr.js";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { HooklensError } from "../errors.ts";

const HOUR_SECONDS = 3600;

/** Counts minted bins per client address, `perHour` at most; 0 is no limit. Loopback is exempt: it is the own machine. */
export function createMintLimit(perHour: number): (remoteAddress: string) => Promise<void> {
  if (perHour === 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: perHour, duration: HOUR_SECONDS });
  return async (remoteAddress) => {
    const client = clientOf(remoteAddress);
    if (client === "loopback") return;
    await limiter.consume(client).catch((refusal: RateLimiterRes | Error) => {
      if (refusal instanceof Error) throw refusal;
      const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
      const detail = `At most ${perHour} bins an hour from one address; wait, or use a bin that you have.`;
      throw new HooklensError("rate_limited", detail, { retryAfterSeconds });
    });
  };
}

/** One client: an IPv4 address, or an IPv6 /64, since a single machine owns at least that many. */
function clientOf(remoteAddress: string): string {
  if (!ipaddr.isValid(remoteAddress)) return remoteAddress;
  const address = ipaddr.process(remoteAddress);
  if (address.range() === "loopback") return "loopback";
  if (address.kind() === "ipv4") return address.toString();
  return address.toByteArray().slice(0, 8).join(".");
}
