import { decodeText } from "#lib/body/decode-text.ts";
import { hexRow, hexRowCount } from "#lib/body/hex.ts";
import { jsonTokens, scanJson } from "#lib/body/json-lines.ts";
import type { TokenKind } from "#lib/body/lines.ts";
import { boundaryOf } from "#lib/body/boundary.ts";
import { parseMultipart } from "#lib/body/multipart.ts";
import { splitPairs } from "#lib/body/pairs.ts";
import { pickView } from "#lib/body/pick-view.ts";
import { formatSize } from "../terminal/format.ts";
import type { Style } from "../terminal/style.ts";
import { visible } from "../terminal/visible.ts";

type Body = { bytes: Uint8Array; contentType: string | null };

/** What a terminal's line takes besides: hex rows of 16 bytes are 78 columns wide, of 8 they are 46. */
const WIDE_HEX_COLUMNS = 79;

/**
 * The lines of a body as a terminal shows them, one after the other, so that of a large one no more is made than is printed.
 * JSON is laid out anew, with every number, escape and key as sent; all else stands as it came, with nothing in it that a
 * terminal would obey.
 */
export function* bodyLines(body: Body, columns: number, style: Style): Generator<string, void> {
  const { view, note, imageType, sequence } = pickView(body.contentType, body.bytes);
  if (note) yield style.warn(visible(note));
  switch (view) {
    case "json":
      return yield* jsonLines(body, sequence, style);
    case "form":
      return yield* formLines(body, style);
    case "multipart":
      return yield* multipartLines(body, columns, style);
    case "image":
      yield style.dim(
        `${imageType}, ${formatSize(body.bytes.length)}: show --body > FILE saves it`,
      );
      return yield* hexLines(body.bytes, columns, style);
    case "hex":
      return yield* hexLines(body.bytes, columns, style);
    default:
      return yield* textLines(body, style);
  }
}

function* textLines(body: Body, style: Style): Generator<string, void> {
  const { text, charset, lossy } = decodeText(body.bytes, body.contentType);
  if (lossy) yield style.warn(`Some bytes are not ${charset}: \ufffd stands for them`);
  for (const line of text.split(/\r?\n/)) yield visible(line, style.unseen, "\t");
}

function* jsonLines(body: Body, sequence: boolean, style: Style): Generator<string, void> {
  const { text } = decodeText(body.bytes, body.contentType);
  const outcome = scanJson(text, sequence);
  if (outcome.kind === "fault") {
    yield style.warn(
      `Not valid JSON at character ${outcome.fault.offset + 1}: ${outcome.fault.message}`,
    );
    return yield* textLines(body, style);
  }
  const { lines } = outcome;
  for (let line = 0; line < lines.count; line += 1) {
    const tokens = jsonTokens(lines, line).map(({ from, to, kind, gap }) => {
      const shown = visible(text.slice(from, to), style.unseen);
      return `${gap ? " " : ""}${paints[kind](style)(shown)}`;
    });
    yield "  ".repeat(lines.depths.at(line) ?? 0) + tokens.join("");
  }
}

const paints: Record<TokenKind, (style: Style) => (text: string) => string> = {
  key: (style) => style.key,
  string: (style) => style.text,
  number: (style) => style.number,
  literal: (style) => style.literal,
  mark: () => (text) => text,
  plain: () => (text) => text,
};

function* formLines(body: Body, style: Style): Generator<string, void> {
  const pairs = splitPairs(decodeText(body.bytes, body.contentType).text);
  for (let index = 0; index < pairs.count; index += 1) {
    const { name, value, rawValue } = pairs.at(index);
    const shown = (text: string) => visible(text, style.unseen);
    yield rawValue === null
      ? style.key(shown(name.text))
      : `${style.key(shown(name.text))} = ${shown(value.text)}`;
  }
}

function* multipartLines(body: Body, columns: number, style: Style): Generator<string, void> {
  const boundary = boundaryOf(body.contentType, body.bytes) ?? "";
  const { parts, epilogueStart, cut } = parseMultipart(body.bytes, boundary);
  for (const [index, part] of parts.entries()) {
    if (index > 0) yield "";
    const title = [part.name, part.filename && `file ${part.filename}`, part.contentType]
      .filter(Boolean)
      .join(", ");
    const bytes = body.bytes.subarray(part.bodyStart, part.bodyEnd);
    yield `${style.strong(`Part ${index + 1}`)} ${style.key(visible(title, style.unseen))} ${style.dim(formatSize(bytes.length))}`;
    yield* bodyLines({ bytes, contentType: part.contentType ?? "text/plain" }, columns, style);
  }
  if (cut) yield style.warn("There are more parts.");
  else if (epilogueStart === null)
    yield style.warn("The closing boundary is missing: the body may be cut short.");
}

function* hexLines(bytes: Uint8Array, columns: number, style: Style): Generator<string, void> {
  const perRow = columns >= WIDE_HEX_COLUMNS ? 16 : 8;
  for (let row = 0; row < hexRowCount(bytes.length, perRow); row += 1) {
    const { offset, groups, ascii } = hexRow(bytes, row, perRow);
    const group = (perRow / 2) * 3 - 1;
    yield `${style.dim(offset)}  ${groups[0].padEnd(group)}  ${groups[1].padEnd(group)}  ${style.text(ascii)}`;
  }
}
