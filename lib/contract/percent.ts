export type Decoded = {
  text: string;
  /** A % that no two hex digits follow is in it; it is left as it was sent. */
  broken: boolean;
  /** Some decoded bytes are not UTF-8; U+FFFD stands in their place. */
  lossy: boolean;
};

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/** Decodes %XX as UTF-8 and, in a form or a query, + as a space (WHATWG URL 5.1). What can't be decoded stays as sent. */
export function percentDecode(raw: string, plusIsSpace = true): Decoded {
  const { bytes, broken } = percentDecodeBytes(raw, plusIsSpace);
  try {
    return { text: strict.decode(bytes), lossy: false, broken };
  } catch {
    return { text: lenient.decode(bytes), lossy: true, broken };
  }
}

/** The same before it is read as UTF-8. By bytes, since a text of megabytes would be taken apart into millions of pieces. */
export function percentDecodeBytes(
  raw: string,
  plusIsSpace = true,
): { bytes: Uint8Array<ArrayBuffer>; broken: boolean } {
  // Never longer than what was sent, so it is written over it.
  const bytes = new TextEncoder().encode(raw);
  let length = 0;
  let broken = false;
  for (let at = 0; at < bytes.length; at += 1) {
    let byte = bytes[at] ?? 0;
    if (byte === PLUS && plusIsSpace) byte = SPACE;
    else if (byte === PERCENT) {
      const pair = hexPair(bytes, at + 1);
      if (pair === null) broken = true;
      else {
        byte = pair;
        at += 2;
      }
    }
    bytes[length] = byte;
    length += 1;
  }
  return { bytes: bytes.subarray(0, length), broken };
}

function hexPair(bytes: Uint8Array, at: number): number | null {
  const high = hexDigit(bytes[at] ?? 0);
  const low = hexDigit(bytes[at + 1] ?? 0);
  return high === -1 || low === -1 ? null : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
