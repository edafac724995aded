"use client";

import { useCallback } from "react";
import { formatCount } from "#components/ui/format.ts";
import { CodeView } from "./code-view.tsx";
import { decodeText } from "./decode-text.ts";
import { linesOfJson, scanJsonInSteps } from "./json-lines.ts";
import type { JsonFault } from "./json-scan.ts";
import type { Lines } from "./lines.ts";
import { Preparing } from "./preparing.tsx";
import { linesOfText, positionOf } from "./text-lines.ts";
import { usePrepared, type Work } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

type JsonViewProps = {
  bytes: Uint8Array;
  contentType: string | null;
  /** Several values, one after the other. */
  sequence: boolean;
  wrap: boolean;
};

/** The body as pretty-printed JSON; where it is none, as text with the place where it stops being JSON. */
export function JsonView({ bytes, contentType, sequence, wrap }: JsonViewProps) {
  const work = useCallback(
    (slices: Work) => prepare(bytes, contentType, sequence, slices),
    [bytes, contentType, sequence],
  );
  const prepared = usePrepared(work);
  if (!prepared) return <Preparing label="Reading the JSON" />;
  const { lines, fault, lossy } = prepared;
  const place = fault && positionOf(lines.text, fault.offset);
  return (
    <>
      {lossy && <ViewNote>Some bytes are not UTF-8: {"\ufffd"} stands in their place.</ViewNote>}
      {place && (
        <ViewNote>
          Not valid JSON at line {formatCount(place.line)}, column {formatCount(place.column)}:{" "}
          {fault.message}. Shown as text.
        </ViewNote>
      )}
      <CodeView
        lines={lines}
        label={fault ? "Body as text" : "Body as JSON"}
        wrap={wrap}
        numbered={fault !== null}
        marked={place ? Math.min(place.line, lines.count) - 1 : null}
      />
    </>
  );
}

type Prepared = { lines: Lines; fault: JsonFault | null; lossy: boolean };

async function prepare(
  bytes: Uint8Array,
  contentType: string | null,
  sequence: boolean,
  { pause, stopped }: Work,
): Promise<Prepared | null> {
  const { text, lossy } = decodeText(bytes, contentType);
  await pause();
  const outcome = await scanJsonInSteps(text, sequence, pause, stopped);
  if (!outcome) return null;
  if (outcome.kind === "lines") return { lines: linesOfJson(outcome.lines), fault: null, lossy };
  await pause();
  return { lines: linesOfText(text), fault: outcome.fault, lossy };
}
