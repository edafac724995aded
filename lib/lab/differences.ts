import { compareMessages } from "../compare/compare.ts";
import type { Comparison, Entry, Message } from "../compare/comparison.ts";
import { isMasked, usualMask } from "../compare/place.ts";
import { headerValue } from "../contract/headers.ts";
import type { Outcome } from "./outcome.ts";

/** `counts`: an id or a count is another one, as when something was made anew. */
export type Difference = { place: string; before: string; after: string; counts: boolean };

/** As it stands in a comparison: with its quotes, where it is a text of JSON. */
const NUMBERED = /^"?([A-Za-z]+[-_#]?)\d+"?$/;
/** A body of text that is compared as one value, in characters. */
const TEXT_MAX = 2_000;
/** New with each answer, whatever the handler did. */
const VOLATILE_HEADER =
  /^header (?:.*request-?id|.*correlation-?id|set-cookie|etag|last-modified|age|expires|connection|keep-alive|server-timing|x-runtime|x-response-time|x-powered-by|ratelimit.*|x-ratelimit.*|retry-after|transfer-encoding)$/i;
const VOLATILE_KEY =
  /(?:time|date|duration|elapsed|took|latency|nonce|uptime|(?:_at|At|_on|_ms|Ms))$|request_?id|trace|correlation|token|signature/i;
/** How often it was tried says a handler that counts, and one that knows a repeat. */
const TRIES_KEY = /attempt|tries|retr(?:y|ies)/i;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g;
const GMT_TIME = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
const COUNTING_KEY =
  /(?:^|_|-)(?:id|ids|uuid|no|number|ref|reference|count|counter|total|balance|sequence|seq|location)$|(?:Id|Ids|Uuid|Number|Count|Total|Balance)$/;

/** What two answers say differently, without what is new with each answer: dates, request ids, durations. */
export function differences(before: Outcome, after: Outcome): Difference[] {
  const comparison = finish(compareMessages(messageOf(before), messageOf(after)));
  const named = comparison.sections
    .flatMap(({ entries }) => entries)
    .filter(({ kinds, place }) => kinds.some(isOfValue) && place !== "status")
    .filter((entry) => !isVolatile(entry))
    .map(
      (entry): Difference => ({
        place: entry.label,
        before: entry.before ?? "nothing",
        after: entry.after ?? "nothing",
        counts: countsIn(entry),
      }),
    );
  return [...named, ...textDifference(comparison, before, after)];
}

/** Letter case and order say nothing about what was done. */
const isOfValue = (kind: Entry["kinds"][number]): boolean => kind !== "case" && kind !== "moved";

function finish(slices: Generator<unknown, Comparison>): Comparison {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value as Comparison;
  }
}

const messageOf = ({ status, headers, body }: Outcome): Message => ({
  start: { kind: "answer", status },
  headers,
  trailers: [],
  contentType: headerValue(headers, "content-type") ?? null,
  body,
});

function isVolatile({ place, before, after }: Entry): boolean {
  if (VOLATILE_HEADER.test(place)) return true;
  if (/^(?:header|trailer) /.test(place) && isMasked(usualMask, place)) return true;
  if (VOLATILE_KEY.test(keyOf(place))) return true;
  if (before === null || after === null) return false;
  return withoutTimes(before) === withoutTimes(after) || isNow(before, after);
}

const keyOf = (place: string): string => /([\w-]+)"?\]?(?:\[\*\])*$/.exec(place)?.[1] ?? "";

const withoutTimes = (text: string): string => text.replace(TIME, "time").replace(GMT_TIME, "time");

/** Two moments of one experiment, in seconds or milliseconds since 1970. */
function isNow(before: string, after: string): boolean {
  const [old, now] = [Number(before), Number(after)];
  const scale = old > 1e12 ? 1000 : 1;
  return old > 1.5e9 && old < 1e14 && Math.abs(now - old) < 300 * scale;
}

function countsIn({ place, before, after }: Entry): boolean {
  if (before === null || after === null || TRIES_KEY.test(keyOf(place))) return false;
  if (COUNTING_KEY.test(keyOf(place))) return true;
  return (isNumber(before) && isNumber(after)) || areNumbered(before, after);
}

/** Names that were made by counting: "ord_1" and "ord_2". */
function areNumbered(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => NUMBERED.exec(text)?.[1]);
  return one !== undefined && one === other;
}

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

function textDifference({ sections }: Comparison, before: Outcome, after: Outcome): Difference[] {
  if (!sections.some(({ kind, state }) => isText(kind) && state === "differs")) return [];
  const [old, now] = [before, after].map(({ body }) =>
    withoutTimes(new TextDecoder().decode(body.subarray(0, TEXT_MAX))),
  ) as [string, string];
  if (old === now && before.body.length <= TEXT_MAX) return [];
  const withoutDigits = (text: string) => text.replace(/\d+/g, "0");
  return [
    {
      place: "the body",
      before: old,
      after: now,
      counts: old !== now && withoutDigits(old) === withoutDigits(now),
    },
  ];
}

const isText = (kind: string): boolean => kind === "text" || kind === "bytes";
