export type PartHeader = [name: string, value: string];

export type PartHead = {
  headers: PartHeader[];
  /** Bytes up to the part's body: the header lines and the empty line. */
  length: number;
  value: (name: string) => string | null;
};

/** A part's header lines end here at the latest, so that a part without an empty line does not become one huge header. */
const HEAD_BYTES_MAX = 65_536;
const HEAD_LINES_MAX = 1_000;
const utf8 = new TextDecoder();
const LF = 0x0a;
const CR = 0x0d;

/** Reads a part's header lines, as UTF-8: browsers send file names so (RFC 7578 5.1). */
export function readPartHead(bytes: Uint8Array): PartHead {
  const headers: PartHeader[] = [];
  const limit = Math.min(bytes.length, HEAD_BYTES_MAX);
  let at = 0;
  while (at < limit && headers.length < HEAD_LINES_MAX) {
    const lf = bytes.indexOf(LF, at);
    const end = lf === -1 ? bytes.length : lf;
    const line = bytes.subarray(at, bytes[end - 1] === CR ? end - 1 : end);
    if (line.length > 0 && !isHeaderLine(line) && headers.length === 0) break;
    at = Math.min(end + 1, bytes.length);
    if (line.length === 0) break;
    addLine(headers, utf8.decode(line.subarray(0, HEAD_BYTES_MAX)));
  }
  const value = (name: string) =>
    headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null;
  return { headers, length: at, value };
}

/** A part whose empty line is missing begins with its content: no colon in its first line says so. */
function isHeaderLine(line: Uint8Array): boolean {
  return line.includes(0x3a);
}

function addLine(headers: PartHeader[], line: string): void {
  const last = headers[headers.length - 1];
  if (/^[ \t]/.test(line) && last) {
    last[1] += line;
    return;
  }
  const colon = line.indexOf(":");
  headers.push(colon === -1 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).trim()]);
}
