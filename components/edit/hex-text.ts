const BYTES_IN_LINE = 16;

/** Bytes as they are edited: pairs of hexadecimal digits, 16 in a line. */
export function toHexText(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_IN_LINE) {
    const line = Array.from(bytes.subarray(at, at + BYTES_IN_LINE), (byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    lines.push(line.join(" "));
  }
  return lines.join("\n");
}

export type HexOutcome =
  | { kind: "bytes"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "fault"; offset: number; message: string };

/** Reads pairs of digits; white space between them means nothing. */
export function fromHexText(text: string): HexOutcome {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const pair = text.slice(at, at + 2);
    if (!/^[0-9a-fA-F]{2}$/.test(pair)) {
      return { kind: "fault", offset: at, message: "A byte is two digits from 0 to f" };
    }
    bytes.push(Number.parseInt(pair, 16));
    at += 2;
  }
  return { kind: "bytes", bytes: new Uint8Array(bytes) };
}
