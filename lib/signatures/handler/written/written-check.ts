import type { Input } from "../inputs.ts";

/** A check whose message follows rules of its own: the function `isGenuine` or `is_genuine`, with all that it needs. */
export type WrittenCheck = {
  /** `setting`: that holds the secret. */
  javascript: (setting: string) => string[];
  python: (setting: string) => string[];
  /** Imports of what Python's own library can't. */
  packages: string[];
  inputs: readonly Input[];
  /** It fetches the sender's keys, so that its answer takes a while; `about`: what its settings are. */
  asks?: { about: string };
};

/** The end of a check in JavaScript. */
export const isEqualHelper = [
  "",
  "/** In a time that does not tell where they differ. */",
  "function isEqual(a, b) {",
  "  return a.length === b.length && timingSafeEqual(a, b);",
  "}",
];
