const reasons: Record<string, string> = {
  missing: "it carries no signature of this scheme",
  bad_secret: "the secret can't be one of this scheme",
  malformed: "what stands there is no signature of this scheme",
  incomplete: "something that is signed did not come with it",
  bad_timestamp: "its timestamp can't be read",
  body_cut: "only the beginning of the body was kept",
  mismatch: "the bytes don't match",
  expired: "the certificate did not hold when it came",
  url_check: "a check of the URL, which came without a signature",
  stale: "older than the provider's own code allows",
};

/** A reason in words; one that is not known here as it is. */
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;
