import { UNSEEN } from "./visible.ts";

/**
 * A value as one line of JSON that a terminal shows and does not obey: what lies beyond ASCII and is not seen (C1 controls,
 * bidi overrides) is escaped as well. Reads back as the same value.
 */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(UNSEEN, escapeUnits);
}

const escapeUnits = (character: string) =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
