import type { Outcome } from "./outcome.ts";

/** Characters of an answer in which such words are looked for. */
const TEXT_MAX = 4_000;
/** `"duplicate": true`. */
const FLAG =
  /["']?(?:is_?)?(?:duplicated?|already_?\w*|repeated|replayed?|ignored|skipped)["']?\s*[:=]\s*["']?(?:true|1|yes)\b/i;
/** `"duplicate"` as a value, and sentences. */
const WORDS =
  /["'](?:duplicated?|ignored|skipped|already[ _-]?\w*)["'](?!\s*:)|already (?:been )?(?:handled|processed|received|seen|done|exists|known)|duplicate (?:event|delivery|request|webhook)/i;

/** Whether an answer says that it knows the event already; 208 is Already Reported (RFC 5842). */
export function saysKnown({ status, body }: Outcome): boolean {
  const text = new TextDecoder().decode(body.subarray(0, TEXT_MAX));
  return status === 208 || FLAG.test(text) || WORDS.test(text);
}
