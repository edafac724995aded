export const HEX_ROW_BYTES = 16;

export type HexRow = {
  /** Eight hex digits. */
  offset: string;
  /** Two groups of eight bytes: "48 65 6c 6c 6f". */
  groups: [string, string];
  /** One character per byte; a dot where it is not printable ASCII. */
  ascii: string;
};

export function hexRowCount(size: number, perRow = HEX_ROW_BYTES): number {
  return Math.ceil(size / perRow);
}

export function hexRow(bytes: Uint8Array, row: number, perRow = HEX_ROW_BYTES): HexRow {
  const start = row * perRow;
  const part = bytes.subarray(start, start + perRow);
  return {
    offset: start.toString(16).padStart(8, "0"),
    groups: [hexText(part.subarray(0, perRow / 2)), hexText(part.subarray(perRow / 2))],
    ascii: printableText(part),
  };
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

export function printableText(bytes: Uint8Array): string {
  return Array.from(bytes, printable).join("");
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
}
