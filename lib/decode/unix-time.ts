export type TimeUnit = "s" | "ms" | "µs" | "ns";

/** `at` is RFC 3339 in UTC with every digit that was sent. */
export type UnixTime = { unit: TimeUnit; at: string };

/** What is known of a number beside its digits. */
export type TimeHints = {
  /** Of the field that holds it: `created_at`, `X-Slack-Request-Timestamp`. */
  name?: string;
  arrivedAtMs?: number | null;
};

const unitsByDigits: Record<number, TimeUnit> = { 10: "s", 13: "ms", 16: "µs", 19: "ns" };
const SECONDS_DIGITS = 10;
/** 2001-09-09, the first of ten digits, to 2100. */
const SECONDS_MIN = 1_000_000_000;
const SECONDS_MAX = 4_102_444_800;
const DAY_MS = 86_400_000;

const timeWords = new Set(
  "t ts at on time timestamp date datetime epoch created updated modified changed deleted expires expired expiry expiration exp iat nbf start started end ended until since when due deadline sent received occurred scheduled published captured anchor".split(
    " ",
  ),
);
const otherWords = new Set(
  "id ids uid guid phone tel mobile msisdn fax amount total price number no nr count size account".split(
    " ",
  ),
);

/**
 * A count since 1970, told by its digits. Ten digits are as often an id or a telephone number: the field's name must say
 * that it is a time, or it must be within a day of the request's arrival. Else null.
 */
export function readUnixTime(
  value: string,
  { name = "", arrivedAtMs = null }: TimeHints,
): UnixTime | null {
  const [, whole = "", fraction = ""] = /^(\d{10,19})(?:\.(\d{1,9}))?$/.exec(value) ?? [];
  const unit = unitsByDigits[whole.length];
  if (!unit || (fraction && unit !== "s")) return null;
  const seconds = Number(whole.slice(0, SECONDS_DIGITS));
  if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) return null;
  const words = wordsOf(name);
  const isNear = arrivedAtMs !== null && Math.abs(seconds * 1000 - arrivedAtMs) < DAY_MS;
  if (words.some((word) => otherWords.has(word))) return null;
  if (!isNear && !words.some((word) => timeWords.has(word))) return null;
  return { unit, at: stamp(seconds, whole.slice(SECONDS_DIGITS) || fraction) };
}

function stamp(seconds: number, fraction: string): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction && `.${fraction}`}Z`;
}

/** `currentPeriodEnd` and `current_period-end` alike. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}
