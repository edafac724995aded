import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HooklensError } from "../errors.ts";

export type Turns = (binId: string) => Promise<void>;

/**
 * Counts what a bin forwards. The function rejects with rate_limited when it is too much.
 * @param ratePerMinute FORWARD_RATE; 0: as much as it likes.
 */
export function createTurns(ratePerMinute: number): Turns {
  const limiter = new RateLimiterMemory({ points: ratePerMinute, duration: 60 });
  return async (binId) => {
    if (ratePerMinute === 0) return;
    await limiter.consume(binId).catch((refusal: unknown) => {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
      throw new HooklensError(
        "rate_limited",
        `A bin forwards ${ratePerMinute} requests a minute (FORWARD_RATE). Try again in ${retryAfterSeconds} s.`,
        { retryAfterSeconds },
      );
    });
  };
}
