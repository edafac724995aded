/** A token bucket: so many attempts may begin now. `atMs`: when that was so, milliseconds since 1970. */
export type Bucket = { tokens: number; atMs: number };

/** Tokens come by `perSecond`, up to `burst`. */
export type Rate = { perSecond: number; burst: number };

export const UNLIMITED: Rate = {
  perSecond: Number.POSITIVE_INFINITY,
  burst: Number.POSITIVE_INFINITY,
};

/** The bucket as it is at another time. A clock that was set back adds nothing. */
export function refilled({ tokens, atMs }: Bucket, { perSecond, burst }: Rate, nowMs: number) {
  if (perSecond === Number.POSITIVE_INFINITY) return { tokens: burst, atMs: nowMs };
  const added = (Math.max(0, nowMs - atMs) / 1000) * perSecond;
  return { tokens: Math.min(burst, tokens + added), atMs: nowMs };
}

/** Milliseconds until the next whole token is there. */
export function untilNext({ tokens }: Bucket, { perSecond }: Rate): number {
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
}
