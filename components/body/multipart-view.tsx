"use client";

import { useCallback, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { boundaryOf } from "#lib/body/boundary.ts";
import { type Multipart, PARTS_MAX, parseMultipartInSlices } from "#lib/body/multipart.ts";
import { PartCard } from "./part-card.tsx";
import { Preparing } from "./preparing.tsx";
import { inSlices } from "#lib/body/slices.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";
import { VirtualRows } from "./virtual-rows.tsx";

type MultipartViewProps = { bytes: Uint8Array<ArrayBuffer>; contentType: string | null };

/** A multipart body part by part, each with its headers and its exact bytes. */
export function MultipartView({ bytes, contentType }: MultipartViewProps) {
  const work = useCallback(
    (slices: Work) =>
      inSlices(parseMultipartInSlices(bytes, boundaryOf(contentType, bytes) ?? ""), slices),
    [bytes, contentType],
  );
  const parsed = usePrepared(work);
  const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
  if (!parsed) return <Preparing label="Reading the parts" />;
  const notes = notesOf(parsed, bytes.length);
  return (
    <>
      <ViewNote>
        {formatCount(parsed.parts.length)} {parsed.parts.length === 1 ? "part" : "parts"}, boundary{" "}
        <WireText text={parsed.boundary} className="wrap-anywhere" />
        {notes.map((note) => ` · ${note}`)}
      </ViewNote>
      <VirtualRows count={parsed.parts.length} label="Parts" measured rowHeight={140}>
        {(index) => {
          const part = parsed.parts[index];
          return (
            part && (
              <PartCard
                part={part}
                bytes={bytes}
                isWhole={whole.has(index)}
                onWhole={(isWhole) => setWhole(changed(whole, index, isWhole))}
              />
            )
          );
        }}
      </VirtualRows>
    </>
  );
}

function changed(set: ReadonlySet<number>, index: number, isIn: boolean): ReadonlySet<number> {
  const next = new Set(set);
  if (isIn) next.add(index);
  else next.delete(index);
  return next;
}

function notesOf({ preambleEnd, epilogueStart, cut, parts }: Multipart, size: number): string[] {
  if (parts.length === 0 && epilogueStart === null) return ["the boundary is nowhere in the body"];
  const notes: string[] = [];
  if (preambleEnd > 0) notes.push(`${formatBytes(preambleEnd)} before the first part`);
  if (cut) notes.push(`only the first ${formatCount(PARTS_MAX)} are listed`);
  else if (epilogueStart === null) notes.push("the closing boundary is missing");
  if (epilogueStart !== null && epilogueStart < size) {
    notes.push(`${formatBytes(size - epilogueStart)} after the last part`);
  }
  return notes;
}
