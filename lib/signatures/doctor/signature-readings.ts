import type { HeaderPair } from "../../contract/headers.ts";
import type { Scheme } from "../../providers/scheme.ts";
import { type Bytes, decode } from "../bytes.ts";
import { headerTest } from "../reader.ts";
import type { ChangeCode } from "./change.ts";

/** Bytes that a header may hold as a signature. `code` is null for the place and the form that the scheme names. */
export type Reading = { bytes: Bytes; code: ChangeCode | null; header: string };

/** The digests that the engine knows: no other length is a signature. */
const LENGTHS = new Set([20, 32, 64]);
const HEADERS_MAX = 100;
const VALUE_CHARACTERS_MAX = 2_048;
const ITEMS_MAX = 20;

/** All that could be a signature in a request's headers, read in every usual way; what the scheme means comes first. */
export function signatureReadings(
  headers: readonly HeaderPair[],
  { signature }: Scheme,
): Reading[] {
  const named = signature.at.flatMap((at) =>
    at.startsWith("header:") ? [headerTest(at.slice("header:".length))] : [],
  );
  const readings = headers
    .slice(0, HEADERS_MAX)
    .filter(([, value]) => value.length <= VALUE_CHARACTERS_MAX)
    .flatMap(([header, value]) => {
      const isNamed = named.some((isIt) => isIt(header));
      return itemsOf(value).flatMap((item) => {
        const hasPrefix = item.whole === `${signature.prefix ?? ""}${item.text}`;
        return bytesOf(item.text).map(({ bytes, encoding }) => ({
          bytes,
          header,
          code: codeOf({ isNamed, hasPrefix, isEncoded: encoding === signature.encoding }),
        }));
      });
    });
  return readings.sort((a, b) => Number(a.code !== null) - Number(b.code !== null));
}

function codeOf(reading: { isNamed: boolean; hasPrefix: boolean; isEncoded: boolean }) {
  if (!reading.isNamed) return "signature_header" as const;
  if (!reading.isEncoded) return "signature_encoding" as const;
  return reading.hasPrefix ? null : ("signature_prefix" as const);
}

const LABEL = /^[\w-]{1,16}[=:,] ?(?=.)/;

/** A value's items, each without whatever label or quotes stand around it. */
function itemsOf(value: string): { whole: string; text: string }[] {
  const items = [value, ...value.split(/[,; ]+/, ITEMS_MAX)].map((item) => item.trim());
  return [...new Set(items)].flatMap((whole) => {
    const unlabelled = whole.replace(LABEL, "");
    const unquoted = unlabelled.replace(/^["'<](.*)["'>]$/, "$1");
    const texts = [whole, unlabelled, unquoted, unlabelled.replace(LABEL, "")];
    return [...new Set(texts)].map((text) => ({ whole, text }));
  });
}

function bytesOf(text: string): { bytes: Bytes; encoding: string }[] {
  const found = (["hex", "base64", "base64url"] as const).flatMap((encoding) => {
    const bytes = decode(text, encoding);
    return bytes ? [{ bytes, encoding: encoding as string }] : [];
  });
  // Some write the hex digits down and put those into base64.
  const hexWithin = found.flatMap(({ bytes, encoding }) => {
    const inner =
      encoding === "hex" ? null : decode(String.fromCharCode(...bytes.slice(0, 128)), "hex");
    return inner ? [{ bytes: inner, encoding: "base64 of hex" }] : [];
  });
  return [...found, ...hexWithin].filter(({ bytes }) => LENGTHS.has(bytes.length));
}
