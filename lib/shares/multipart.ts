/** A part of a multipart body: where its head and its content lie in the text. */
export type Part = {
  name: string;
  contentType: string;
  content: { from: number; to: number };
};

const BOUNDARY = /^\s*multipart\/[^;]*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i;

/** The parts of a multipart body (RFC 2046 5.1.1); null for a body of another type, or one that has none. */
export function partsOf(contentType: string | null, text: string): Part[] | null {
  const found = BOUNDARY.exec(contentType ?? "");
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) return null;
  const parts: Part[] = [];
  const mark = `--${boundary}`;
  for (let at = lineOf(text, mark, 0); at >= 0; ) {
    const next = lineOf(text, mark, at + mark.length);
    const part = readPart(text, at + mark.length, next < 0 ? text.length : next);
    if (part) parts.push(part);
    at = next;
  }
  return parts.length > 0 ? parts : null;
}

/** The mark at the start of a line. */
function lineOf(text: string, mark: string, from: number): number {
  let at = text.indexOf(mark, from);
  while (at > 0 && text[at - 1] !== "\n") at = text.indexOf(mark, at + 1);
  return at;
}

/** Null for the end mark, behind which nothing belongs to a part. */
function readPart(text: string, from: number, to: number): Part | null {
  const head = /\r?\n\r?\n/g;
  // A part without headers starts with the blank line.
  head.lastIndex = from;
  const blank = head.exec(text);
  if (!blank || blank.index > to || text.startsWith("--", from)) return null;
  const lines = text.slice(from, blank.index);
  const start = blank.index + blank[0].length;
  const end = Math.max(start, to - (text.slice(to - 2, to) === "\r\n" ? 2 : 1));
  return {
    name: /\bname=(?:"([^"]*)"|([^\s;]+))/i.exec(lines)?.slice(1).find(Boolean) ?? "",
    contentType: /^content-type:\s*([^\r\n]*)/im.exec(lines)?.[1] ?? "",
    content: { from: start, to: to === text.length ? to : end },
  };
}
