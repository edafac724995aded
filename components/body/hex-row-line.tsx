import { markClass } from "./code-row.tsx";
import { cutAtMarks, type Mark } from "./find.ts";
import { hexRow, hexText, printableText } from "#lib/body/hex.ts";

type HexRowLineProps = {
  bytes: Uint8Array;
  index: number;
  perRow: number;
  /** By offset into the bytes. */
  marks: readonly Mark[];
};

export function HexRowLine({ bytes, index, perRow, marks }: HexRowLineProps) {
  const row = hexRow(bytes, index, perRow);
  const half = perRow / 2;
  const start = index * perRow;
  const cut = (from: number, to: number, text: (part: Uint8Array) => string, gap: string) =>
    cutAtMarks(from, Math.min(to, bytes.length), marks).map((piece) => {
      const words = text(bytes.subarray(piece.from, piece.to));
      // The space between two bytes belongs to neither mark.
      const space = piece.from > from ? gap : "";
      if (!piece.mark) return space + words;
      return [
        space,
        <mark
          key={piece.from}
          className={markClass(piece.mark.isCurrent)}
          data-current={piece.mark.isCurrent || undefined}
        >
          {words}
        </mark>,
      ];
    });
  return (
    <div className="wire flex gap-[2ch] px-4 whitespace-pre">
      <span className="text-faint select-none">{row.offset}</span>
      {row.groups.map((group, place) => (
        <span key={place} style={{ minWidth: `${half * 3 - 1}ch` }}>
          {marks.length === 0
            ? group
            : cut(start + place * half, start + (place + 1) * half, hexText, " ")}
        </span>
      ))}
      <span className="text-muted">
        {marks.length === 0 ? row.ascii : cut(start, start + perRow, printableText, "")}
      </span>
    </div>
  );
}
