"use client";

import { useSyncExternalStore } from "react";
import { HEX_ROW_BYTES, hexRow, hexRowCount } from "./hex.ts";
import { VirtualRows } from "./virtual-rows.tsx";

const NARROW = "(max-width: 40rem)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Offset, bytes and printable characters; eight bytes a row where sixteen do not fit. */
export function HexView({ bytes }: { bytes: Uint8Array }) {
  const isNarrow = useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => false,
  );
  const perRow = isNarrow ? HEX_ROW_BYTES / 2 : HEX_ROW_BYTES;
  return (
    <VirtualRows
      key={perRow}
      count={hexRowCount(bytes.length, perRow)}
      label="Body as hexadecimal bytes"
      className="py-2"
      wide
    >
      {(index) => <HexRowLine bytes={bytes} index={index} perRow={perRow} />}
    </VirtualRows>
  );
}

type HexRowLineProps = { bytes: Uint8Array; index: number; perRow: number };

function HexRowLine({ bytes, index, perRow }: HexRowLineProps) {
  const row = hexRow(bytes, index, perRow);
  const width = `${(perRow / 2) * 3 - 1}ch`;
  return (
    <div className="wire flex gap-[2ch] px-4 whitespace-pre">
      <span className="text-faint select-none">{row.offset}</span>
      {row.groups.map((group, half) => (
        <span key={half} style={{ minWidth: width }}>
          {group}
        </span>
      ))}
      <span className="text-muted">{row.ascii}</span>
    </div>
  );
}
