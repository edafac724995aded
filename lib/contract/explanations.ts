import type { Signature } from "./requests.ts";

/** A run of the bytes that were signed. `from`: `text` for what the scheme adds, else where in the request it stands. */
export type ExplainedPart = {
  from: string;
  size: number;
  /** Null for the body, which is at `/body`, for what is long, and for a secret. */
  base64: string | null;
};

/** What one scheme, with one kept secret, makes of a request. Neither the secret nor its key is in it. */
export type SignatureExplanation = {
  provider: string;
  scheme: string;
  /** Null: no secret is kept, and this is what would be checked. */
  secretId: string | null;
  algorithm: string | null;
  /** How the secret becomes the key; `length` in bytes. */
  key: { recipe: string; length: number | null } | null;
  claims: {
    /** `computed`: the signature as it should be; null where that is the secret, or only the sender can make it. */
    messages: { parts: ExplainedPart[]; size: number; computed: string | null }[];
    /** What the message needs and the request does not have. */
    absent: string[];
    received: { at: string; text: string; isReadable: boolean; fits: boolean }[];
  }[];
  time: {
    text: string | null;
    /** Milliseconds since 1970. */
    ms: number | null;
    /** On arrival; negative: from the future. */
    ageSeconds: number | null;
    toleranceSeconds: number | null;
    side: "old" | "both";
  } | null;
  verdict: Signature;
  /** The stronger scheme that came beside this one, so that this verdict does not count; null: it counts. */
  outrankedBy: string | null;
};

/** Something that explains why a request is not verified. */
type SignatureFinding = {
  /** What programs tell it by, such as `newline_added`; lib/signatures/doctor/ has all of them. */
  code: string;
  /** `match`: it was tried, and with this change the signature fits. `fact`: read off the request. */
  certainty: "match" | "fact";
  /** Further changes that are needed at once, by their codes. */
  also: readonly string[];
  title: string;
  /** What to do about it. */
  advice: string;
  scheme: string | null;
  secretId: string | null;
};

export type SignatureDiagnosis = {
  /** What explains most, first. */
  findings: readonly SignatureFinding[];
  /** Signatures that were computed to find out. */
  tried: number;
  /** False when the work was broken off at its bound. */
  isComplete: boolean;
};

export type SignatureExplanations = {
  items: SignatureExplanation[];
  /** Null for what is verified and in time, and without a secret. */
  diagnosis: SignatureDiagnosis | null;
};
