import type { Reason } from "../verdict.ts";
import type { ChangeCode } from "./change.ts";

/** What can be told without trying anything. */
export type FactCode =
  | Exclude<Reason, "mismatch" | "stale">
  | "stale"
  | "future"
  | "time_unit"
  | "other_sender"
  | "secret_is_api_key"
  | "weaker_fits"
  | "no_match";

export type Finding = {
  /**
   * What the server, the page and the command tell it by: a change with which the signature fits, a scheme or a secret
   * that does fit, or a fact.
   */
  code: ChangeCode | "other_scheme" | "other_secret" | FactCode;
  /** `match`: tried, and the signature fits then. `fact`: read off the request. */
  certainty: "match" | "fact";
  /** Further changes that are needed at once. */
  also: readonly ChangeCode[];
  title: string;
  advice: string;
  scheme: string | null;
  secretId: string | null;
};

export type Diagnosis = {
  /** What explains most, first. Empty: nothing is wrong, or there is nothing to try with. */
  findings: readonly Finding[];
  /** Signatures that were computed on the way. */
  tried: number;
  /** False when the work was broken off at its bound. */
  isComplete: boolean;
};
