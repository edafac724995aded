/**
 * A text in which some way to write characters is undone. All texts here hold one character per byte, what is written
 * beyond ASCII as its UTF-8. `starts`: for each character the place in the text before where it starts, and that text's
 * length at the end.
 */
export type View = { text: string; starts: Uint32Array };

/** Reads one character at a place: its bytes and how many characters it takes; null where nothing is written so. */
type Reader = (text: string, at: number) => { bytes: readonly number[]; length: number } | null;

/** The ways in which a value can be written so that its bytes are not seen. */
export function viewsOf(text: string): View[] {
  const views: (View | null)[] = [
    text.includes("%") ? undo(text, "%", readPercent) : null,
    text.includes("\\") ? undo(text, "\\", readEscape) : null,
    text.includes("&") ? undo(text, "&", readEntity) : null,
    /quoted-printable/i.test(text) ? undo(text, "=", readQuotedPrintable) : null,
  ];
  return views.filter((view) => view !== null);
}

/** Null when nothing is written in that way. */
function undo(text: string, mark: string, read: Reader): View | null {
  const bytes = Buffer.allocUnsafe(text.length);
  const starts = new Uint32Array(text.length + 1);
  let size = 0;
  let isChanged = false;
  for (let at = 0; at < text.length; ) {
    const found = text[at] === mark ? read(text, at) : null;
    // A character never takes more bytes than were written for it, so there is room.
    for (const byte of found?.bytes ?? [text.charCodeAt(at)]) {
      starts[size] = at;
      bytes[size++] = byte;
    }
    if (found) isChanged = true;
    at += found?.length ?? 1;
  }
  starts[size] = text.length;
  if (!isChanged) return null;
  return { text: bytes.subarray(0, size).toString("latin1"), starts: starts.subarray(0, size + 1) };
}

const readPercent: Reader = (text, at) => {
  const byte = hexAt(text, at + 1, 2);
  return byte === null ? null : { bytes: [byte], length: 3 };
};

const controls: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** As JSON and JavaScript do. */
const readEscape: Reader = (text, at) => {
  const kind = text[at + 1];
  if (kind === "u") return readUnicode(text, at);
  if (kind === "x") {
    const code = hexAt(text, at + 2, 2);
    return code === null ? null : { bytes: utf8(code), length: 4 };
  }
  if (kind === undefined) return null;
  return { bytes: [controls[kind] ?? text.charCodeAt(at + 1)], length: 2 };
};

const readUnicode: Reader = (text, at) => {
  const code = hexAt(text, at + 2, 4);
  if (code === null) return null;
  const isHigh = code >= 0xd800 && code < 0xdc00;
  const low = isHigh && text.startsWith("\\u", at + 6) ? hexAt(text, at + 8, 4) : null;
  if (low === null || low < 0xdc00 || low > 0xdfff) return { bytes: utf8(code), length: 6 };
  return { bytes: utf8(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)), length: 12 };
};

const entities: Record<string, string> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|quot|apos|lt|gt|commat|period));/iy;

/** As XML and HTML do. */
const readEntity: Reader = (text, at) => {
  ENTITY.lastIndex = at;
  const found = ENTITY.exec(text);
  if (!found) return null;
  const [{ length }, decimal, hex, name = ""] = found;
  const named = { ...entities, commat: "@", period: "." }[name.toLowerCase()];
  const code =
    named?.charCodeAt(0) ?? (decimal ? Number(decimal) : Number.parseInt(hex ?? "0", 16));
  return code > 0x10ffff ? null : { bytes: utf8(code), length };
};

/** RFC 2045 6.7; a soft line break is no character at all. */
const readQuotedPrintable: Reader = (text, at) => {
  if (text.startsWith("=\r\n", at)) return { bytes: [], length: 3 };
  if (text.startsWith("=\n", at)) return { bytes: [], length: 2 };
  const byte = hexAt(text, at + 1, 2);
  return byte === null ? null : { bytes: [byte], length: 3 };
};

function hexAt(text: string, at: number, length: number): number | null {
  const digits = text.slice(at, at + length);
  return digits.length === length && /^[\da-f]+$/i.test(digits)
    ? Number.parseInt(digits, 16)
    : null;
}

const utf8 = (code: number): readonly number[] =>
  code < 0x80 ? [code] : [...Buffer.from(String.fromCodePoint(code))];
