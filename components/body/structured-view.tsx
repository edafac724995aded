"use client";

import { useCallback } from "react";
import { formatCount } from "#components/ui/format.ts";
import { CodeView, type FindSwitch } from "./code-view.tsx";
import { decodeTextInSlices } from "#lib/body/decode-text.ts";
import type { Lines, TextFault } from "#lib/body/lines.ts";
import { Preparing } from "./preparing.tsx";
import { inSlices } from "#lib/body/slices.ts";
import { linesOfText, positionOf } from "#lib/body/text-lines.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

type Outcome = { kind: "lines"; lines: Lines } | { kind: "fault"; fault: TextFault };

/** Reads a text in slices; null when nobody waits any more. Must keep its identity. */
export type ScanText = (text: string, work: Work) => Promise<Outcome | null>;

export type StructuredViewProps = {
  bytes: Uint8Array;
  contentType: string | null;
  wrap: boolean;
  find?: FindSwitch | undefined;
};

type Language = { name: string; scan: ScanText };

/** The body printed by its structure; where it has none, as text with the place where it goes wrong. */
export function StructuredView({
  bytes,
  contentType,
  wrap,
  find,
  name,
  scan,
}: StructuredViewProps & Language) {
  const work = useCallback(
    (slices: Work) => prepare(bytes, contentType, scan, slices),
    [bytes, contentType, scan],
  );
  const prepared = usePrepared(work);
  if (!prepared) return <Preparing label={`Reading the ${name}`} />;
  const { lines, fault, charset, lossy } = prepared;
  const place = fault && positionOf(lines.text, fault.offset);
  return (
    <>
      {lossy && (
        <ViewNote>
          Some bytes are not {charset}: {"\ufffd"} stands in their place.
        </ViewNote>
      )}
      {place && (
        <ViewNote>
          Not valid {name} at line {formatCount(place.line)}, column {formatCount(place.column)}:{" "}
          {fault.message}. Shown as text.
        </ViewNote>
      )}
      <CodeView
        lines={lines}
        label={fault ? "Body as text" : `Body as ${name}`}
        wrap={wrap}
        numbered={fault !== null}
        fault={place ? Math.min(place.line, lines.count) - 1 : null}
        find={find}
      />
    </>
  );
}

type Prepared = { lines: Lines; fault: TextFault | null; charset: string; lossy: boolean };

async function prepare(
  bytes: Uint8Array,
  contentType: string | null,
  scan: ScanText,
  work: Work,
): Promise<Prepared | null> {
  const decoded = await inSlices(decodeTextInSlices(bytes, contentType), work);
  if (!decoded) return null;
  const { text, charset, lossy } = decoded;
  const outcome = await scan(text, work);
  if (!outcome) return null;
  if (outcome.kind === "lines") return { lines: outcome.lines, fault: null, charset, lossy };
  const lines = await inSlices(linesOfText(text), work);
  return lines && { lines, fault: outcome.fault, charset, lossy };
}
