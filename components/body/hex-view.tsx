"use client";

import { use, useCallback, useMemo, useState } from "react";
import { FilterWords } from "#components/request/filter-words.ts";
import { Choice } from "#components/ui/choice.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import type { FindSwitch } from "./code-view.tsx";
import { type Mark, marksWithin } from "./find.ts";
import { findInBytes, readHex } from "./find-bytes.ts";
import { FindBar } from "./find-bar.tsx";
import { HEX_ROW_BYTES, hexRowCount } from "#lib/body/hex.ts";
import { HexRowLine } from "./hex-row-line.tsx";
import { useFind } from "./use-find.ts";
import type { Work } from "#lib/body/slices.ts";
import type { Reveal } from "./use-reveal.ts";
import { VirtualRows } from "./virtual-rows.tsx";
import { wordMarks, wordsAsBytes } from "./word-marks.ts";

const NARROW = "(max-width: 40rem)";
/** Whether what is typed is text or bytes. */
const findAs = [
  { value: "text", label: "text" },
  { value: "hex", label: "hex" },
] as const;

type HexViewProps = { bytes: Uint8Array; find: FindSwitch };

/** Offset, bytes and printable characters; eight bytes a row where sixteen do not fit. */
export function HexView({ bytes, find: findSwitch }: HexViewProps) {
  const perRow = useMedia(NARROW) ? HEX_ROW_BYTES / 2 : HEX_ROW_BYTES;
  const [mode, setMode] = useState<"text" | "hex">("text");
  const asHex = mode === "hex";
  const search = useCallback(
    (query: string, work: Work) => {
      const needle = asHex ? readHex(query) : new TextEncoder().encode(query);
      return findInBytes(bytes, needle ?? new Uint8Array(), !asHex, work);
    },
    [bytes, asHex],
  );
  const find = useFind(search, findSwitch.isOpen);
  const { found, current } = find;
  const place = found?.offsets.at(current);
  const reveal = useMemo<Reveal | null>(
    () => (place === undefined || !found ? null : { row: Math.floor(place / perRow), of: found }),
    [place, perRow, found],
  );
  const filter = use(FilterWords);
  const words = useMemo(() => wordsAsBytes(filter), [filter]);
  const marksOf = (row: number): Mark[] => {
    const [from, to] = [row * perRow, (row + 1) * perRow];
    return found ? marksWithin(found, current, from, to) : wordMarks(bytes, words, from, to);
  };
  const isBroken = asHex && find.query !== "" && readHex(find.query) === null;
  return (
    <>
      {findSwitch.isOpen && (
        <FindBar
          find={find}
          onClose={findSwitch.close}
          placeholder={asHex ? "Bytes such as 89 50 4e" : "Text in the bytes"}
          fault={isBroken ? "Two hex digits for each byte" : null}
        >
          <Choice label="Find as" value={mode} onChange={setMode} choices={findAs} />
        </FindBar>
      )}
      <VirtualRows
        key={perRow}
        count={hexRowCount(bytes.length, perRow)}
        label="Body as hexadecimal bytes"
        className="py-2"
        reveal={reveal}
        wide
      >
        {(index) => (
          <HexRowLine bytes={bytes} index={index} perRow={perRow} marks={marksOf(index)} />
        )}
      </VirtualRows>
    </>
  );
}
