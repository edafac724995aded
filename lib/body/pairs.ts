import { type Decoded, percentDecode, percentDecodeBytes } from "../contract/percent.ts";
import { Offsets } from "./offsets.ts";
import { atOnce, type Slices } from "./slices.ts";

type Pair = {
  rawName: string;
  /** Null when there was no = sign. */
  rawValue: string | null;
  /** Of a long one the first DECODED_MAX characters as sent. */
  name: Decoded;
  value: Decoded;
};

/** The fields of a query or a form, each decoded only when asked for: 10 MiB can hold five million. */
export type Pairs = { count: number; at: (index: number) => Pair };

/** Characters of a name or a value that are decoded at once; all of a value is decoded where it is opened or copied. */
export const DECODED_MAX = 65_536;
/** Fields found in one go: up to 4 ms. */
const SLICE_PAIRS = 32_768;

/** Splits at &. Order, duplicates and empty fields stay; an empty text has no field. */
export const splitPairs = (text: string): Pairs => atOnce(splitPairsInSlices(text));

export function* splitPairsInSlices(text: string): Slices<Pairs> {
  const starts = yield* pairStarts(text);
  return {
    count: starts.length,
    at: (index) => {
      const end = starts.at(index + 1);
      return readPair(
        text.slice(starts.at(index) ?? text.length, end === undefined ? undefined : end - 1),
      );
    },
  };
}

function* pairStarts(text: string): Slices<Offsets> {
  const starts = new Offsets();
  if (text.length > 0) starts.push(0);
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    starts.push(at + 1);
    if (starts.length % SLICE_PAIRS === 0) yield;
  }
  return starts;
}

function readPair(raw: string): Pair {
  const equals = raw.indexOf("=");
  const rawName = equals === -1 ? raw : raw.slice(0, equals);
  const rawValue = equals === -1 ? null : raw.slice(equals + 1);
  return { rawName, rawValue, name: decodeHead(rawName), value: decodeHead(rawValue ?? "") };
}

function decodeHead(raw: string): Decoded {
  if (raw.length <= DECODED_MAX) return percentDecode(raw);
  const { bytes, broken } = percentDecodeBytes(
    raw.slice(0, DECODED_MAX).replace(/%[0-9a-f]?$/i, ""),
  );
  const decode = (fatal: boolean) =>
    // As a stream, since the cut may have gone through a character, which is no mistake of the sender's.
    new TextDecoder("utf-8", { fatal, ignoreBOM: true }).decode(bytes, { stream: true });
  try {
    return { text: decode(true), lossy: false, broken };
  } catch {
    return { text: decode(false), lossy: true, broken };
  }
}
