import type { Step } from "../contract/scenarios.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { type Json, jsonOf } from "./fill-json.ts";
import type { Message } from "./message.ts";
import { StepFailure } from "./step-failure.ts";
import { spanAt, valueAt } from "./value-at.ts";

/** What of an event is sent otherwise than it came. */
export type Changed = { headers?: HeaderPair[]; body?: string };

type Fill = (text: string) => string;
type Wanted = Pick<Step, "set" | "lines">;

/** RFC 8259 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const HEADER = "header.";

/**
 * The event with other values in their places; all else keeps its characters. Null where nothing is set.
 * @param bytes of the body, as it came.
 * @throws StepFailure with the line of the source, for a place that the event does not have
 */
export function setIn(
  event: Message & { bytes: Uint8Array },
  { set, lines = {} }: Wanted,
  fill: Fill,
): Changed | null {
  if (!set || Object.keys(set).length === 0) return null;
  const changed: Changed = {};
  for (const [place, value] of Object.entries(set)) {
    const fail = (words: string) => new StepFailure(`Line ${lines[place]}: ${words}`);
    if (place.startsWith(HEADER)) {
      const name = place.slice(HEADER.length);
      changed.headers = withHeader(changed.headers ?? event.headers, name, headerText(value, fill));
    } else {
      const body = changed.body ?? jsonTextOf(event.bytes);
      if (body === null) throw fail(`the event's body is no JSON, so ${place} can't be set`);
      changed.body = withValue(body, place, value, fill, fail);
    }
  }
  return changed;
}

/** Null for what is no JSON: a form, something packed, bytes. */
function jsonTextOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
}

function withValue(
  body: string,
  place: string,
  value: Json,
  fill: Fill,
  fail: (words: string) => StepFailure,
): string {
  const path = place.slice("body".length);
  const span = spanAt(body, path);
  if (!span) throw fail(`the event has no ${place} to set`);
  return body.slice(0, span.start) + written(value, body, path, fill) + body.slice(span.end);
}

/** A variable is a text: one that takes the place of a number, and reads as one, is written as a number. */
function written(value: Json, body: string, path: string, fill: Fill): string {
  if (typeof value === "string" && value.includes("{{") && valueAt(body, path)?.kind === "number") {
    const text = fill(value);
    if (NUMBER.test(text)) return text;
  }
  return jsonOf(value, fill);
}

const headerText = (value: Json, fill: Fill): string | null =>
  value === null ? null : fill(typeof value === "string" ? value : JSON.stringify(value));

/** In the place of the first of its name, or behind all others; null: without it. */
function withHeader(
  headers: readonly HeaderPair[],
  name: string,
  value: string | null,
): HeaderPair[] {
  const isIt = ([given]: HeaderPair) => given.toLowerCase() === name.toLowerCase();
  const first = headers.findIndex(isIt);
  const rest = headers.filter((pair, index) => index === first || !isIt(pair));
  if (value === null) return rest.filter((pair) => !isIt(pair));
  if (first < 0) return [...rest, [name, value]];
  return rest.map((pair): HeaderPair => (isIt(pair) ? [pair[0], value] : pair));
}
