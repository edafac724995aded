import type { HeaderPair } from "../../contract/headers.ts";
import { type Bytes, utf8 } from "../bytes.ts";
import type { ChangeCode } from "./change.ts";
import { recode } from "./compression.ts";
import { jsonStyles } from "./json-styles.ts";

export type BodyVariant = { body: Bytes; codes: ChangeCode[] };

/** Bytes of a body that is written anew as text; a larger one is only changed at its ends and unpacked. */
const REWRITTEN_MAX = 262_144;
const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf] as const;

/** Bodies that may have been signed in place of the one that came, the cheap and the likely first. */
export async function* bodyVariants(
  body: Uint8Array,
  headers: readonly HeaderPair[],
): AsyncGenerator<BodyVariant> {
  yield* endings(body);
  yield* marks(body);
  if (body.length <= REWRITTEN_MAX) yield* rewritten(body);
  yield* recode(body, headers);
  for (const text of ["", "{}", "null", "[object Object]"]) {
    yield { body: utf8(text), codes: ["body_empty"] };
  }
}

function* endings(body: Uint8Array): Generator<BodyVariant> {
  const end = body.findLastIndex((byte) => byte !== LF && byte !== CR) + 1;
  if (end < body.length) yield { body: body.slice(0, end), codes: ["newline_added"] };
  if (body.length - end > 1) yield { body: body.slice(0, -1), codes: ["newline_added"] };
  yield { body: joined(body, [LF]), codes: ["newline_missing"] };
  yield { body: joined(body, [CR, LF]), codes: ["newline_missing"] };
}

function* marks(body: Uint8Array): Generator<BodyVariant> {
  const hasMark = BOM.every((byte, at) => body[at] === byte);
  yield {
    body: hasMark ? body.slice(BOM.length) : joined(Uint8Array.from(BOM), body),
    codes: ["byte_order_mark"],
  };
}

function* rewritten(body: Uint8Array): Generator<BodyVariant> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  if (text.includes("\n")) {
    const lf = text.replaceAll("\r\n", "\n");
    yield { body: utf8(lf), codes: ["line_ends"] };
    yield { body: utf8(lf.replaceAll("\n", "\r\n")), codes: ["line_ends"] };
  }
  for (const styled of jsonStyles(text.replace(/^\ufeff/, ""))) {
    yield { body: utf8(styled.text), codes: styled.codes };
  }
  yield* forms(text);
  yield* charsets(body, text);
}

function* forms(text: string): Generator<BodyVariant> {
  if (!/^[\w.~*+%-]+=/.test(text)) return;
  const fields = new URLSearchParams(text);
  const again = fields.toString();
  const others = [
    again,
    again.replaceAll("+", "%20"),
    text.replaceAll("%20", "+"),
    // As encodeURIComponent and Python's urlencode write them.
    [...fields].map((pair) => pair.map(encodeURIComponent).join("=")).join("&"),
    again.replaceAll("*", "%2A").replaceAll("%7E", "~"),
  ];
  for (const other of others) {
    if (other !== text) yield { body: utf8(other), codes: ["form_encoding"] };
  }
  const [first] = fields.values();
  for (const value of new Set([fields.get("payload"), first])) {
    if (value) yield { body: utf8(value), codes: ["form_field"] };
  }
}

/** Text that was read in one charset and written in another. */
function* charsets(body: Uint8Array, text: string): Generator<BodyVariant> {
  if (!body.some((byte) => byte > 0x7f)) return;
  const latin1 = Array.from(body, (byte) => String.fromCharCode(byte)).join("");
  yield { body: utf8(latin1), codes: ["charset"] };
  yield { body: utf8(new TextDecoder("windows-1252").decode(body)), codes: ["charset"] };
  yield { body: utf8(text), codes: ["charset"] };
  if (!/[^\0-\xff]/.test(text)) {
    yield { body: Uint8Array.from(text, (char) => char.charCodeAt(0)), codes: ["charset"] };
  }
}

function joined(...parts: readonly ArrayLike<number>[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
