import { type Alphabet, readBase64 } from "./base64.ts";
import { readDataUrl } from "./data-url.ts";
import { readJsonText, readQuotedJson } from "./json-text.ts";
import { type Jwt, readJwt } from "./jwt.ts";
import { DECODE_MAX } from "./limits.ts";
import { readPercentText } from "./percent-text.ts";
import { asPrintable } from "./printable.ts";
import { readUnixTime, type TimeHints, type UnixTime } from "./unix-time.ts";

/** One decoding. `text`, where there is one, is what the next step has read. */
export type Step =
  | { kind: "url"; text: string }
  | { kind: "base64"; alphabet: Alphabet; bytes: Uint8Array<ArrayBuffer>; text: string | null }
  | { kind: "data"; mediaType: string; bytes: Uint8Array<ArrayBuffer>; text: string | null }
  | { kind: "quoted"; text: string }
  | { kind: "json"; text: string }
  | ({ kind: "jwt" } & Jwt)
  | ({ kind: "time" } & UnixTime);

/** A value that is wrapped more often was made by someone who means harm. */
const STEPS_MAX = 8;

/**
 * What a value holds, step by step: JSON in base64 in URL encoding are three. Empty when it is not beyond doubt what it
 * would be decoded as. Nothing grows by a step, so the work is bounded by the value's length times STEPS_MAX.
 */
export function decodeSteps(value: string, hints: TimeHints = {}): Step[] {
  const steps: Step[] = [];
  let text: string | null = withoutScheme(value);
  while (text !== null && text.length <= DECODE_MAX && steps.length < STEPS_MAX) {
    const step = decodeOnce(text, hints);
    if (!step) break;
    steps.push(step);
    text = textOf(step);
  }
  return steps;
}

/** A token in Authorization, and wherever such a value is kept, follows its scheme (RFC 6750 2.1). */
function withoutScheme(value: string): string {
  return /^(?:bearer|jwt|token) +(\S+)$/i.exec(value)?.[1] ?? value;
}

function decodeOnce(text: string, hints: TimeHints): Step | null {
  const time = readUnixTime(text, hints);
  if (time) return { kind: "time", ...time };
  const jwt = readJwt(text);
  if (jwt) return { kind: "jwt", ...jwt };
  const json = readJsonText(text);
  if (json !== null) return { kind: "json", text: json };
  return decodeWrapped(text);
}

function decodeWrapped(text: string): Step | null {
  const quoted = readQuotedJson(text);
  if (quoted !== null) return { kind: "quoted", text: quoted };
  const unescaped = readPercentText(text);
  if (unescaped !== null) return { kind: "url", text: unescaped };
  const data = readDataUrl(text);
  if (data) return { kind: "data", ...data, text: asPrintable(data.bytes) };
  const base64 = readBase64(text);
  return base64 && { kind: "base64", ...base64 };
}

/** What is left to be read; a JSON text, a token and a time are the end. */
function textOf(step: Step): string | null {
  return step.kind === "json" || step.kind === "jwt" || step.kind === "time" ? null : step.text;
}
