import type { Signature } from "../contract/requests.ts";

/** Why a request is not simply verified; the nearer to verified, the later. */
export const reasons = [
  /** No signature came with it. */
  "missing",
  /** The secret can't be one of this scheme. */
  "bad_secret",
  /** There is a signature, and nothing in it is written as this scheme writes them. */
  "malformed",
  /** Something else that is signed, such as the id or the timestamp, did not come with it. */
  "incomplete",
  /** The timestamp can't be read. */
  "bad_timestamp",
  /** Only the body's beginning was kept, so it can't be told. */
  "body_cut",
  /** The bytes don't match. */
  "mismatch",
  /** The bytes match; the certificate did not hold when it came. */
  "expired",
  /** The bytes match; it came outside the provider's own tolerance. */
  "stale",
] as const;
export type Reason = (typeof reasons)[number];

export type Verdict = {
  /**
   * `verified`: the bytes match, even when they came late (`stale`). `unchecked`: the provider signs nothing, or there is
   * no secret for it.
   */
  status: "verified" | "failed" | "unchecked";
  /** The scheme's id. */
  scheme: string | null;
  reason: Reason | null;
  /** On arrival; negative: from the future. */
  timestampAgeSeconds: number | null;
  secretId: string | null;
};

export const unchecked: Verdict = {
  status: "unchecked",
  scheme: null,
  reason: null,
  timestampAgeSeconds: null,
  secretId: null,
};

/** The reason of what is unchecked because it is a provider's check of the URL: few of them sign those. */
export const URL_CHECK = "url_check";

/** What is kept and told of a verdict: not which secret it was. Nothing failed where a check of the URL is not signed. */
export const signatureOf = (
  { status, scheme, reason, timestampAgeSeconds }: Verdict,
  isUrlCheck: () => boolean = () => false,
): Signature =>
  reason === "missing" && isUrlCheck()
    ? { status: "unchecked", scheme: null, reason: URL_CHECK, timestampAgeSeconds: null }
    : { status, scheme, reason, timestampAgeSeconds };

const rank = ({ status, reason }: Verdict): number => {
  if (status === "unchecked") return -1;
  return reason === null ? reasons.length : reasons.indexOf(reason);
};

/** The nearest to verified; among equals the first. */
export const bestOf = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((best, each) => (rank(each) > rank(best) ? each : best), unchecked);
