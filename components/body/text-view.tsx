"use client";

import { useCallback } from "react";
import { CodeView, type FindSwitch } from "./code-view.tsx";
import { parseContentType } from "#lib/body/content-type.ts";
import { type DecodedText, decodeTextInSlices } from "#lib/body/decode-text.ts";
import { Preparing } from "./preparing.tsx";
import { inSlices } from "#lib/body/slices.ts";
import { lineEndsOf, linesOfText } from "#lib/body/text-lines.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

type TextViewProps = {
  bytes: Uint8Array;
  contentType: string | null;
  wrap: boolean;
  find?: FindSwitch | undefined;
};

/** The body as text, in the encoding that its content type names. */
export function TextView({ bytes, contentType, wrap, find }: TextViewProps) {
  const work = useCallback(
    (work: Work) => inSlices(readLines(bytes, contentType), work),
    [bytes, contentType],
  );
  const prepared = usePrepared(work);
  if (!prepared) return <Preparing label="Reading the text" />;
  const note = noteOf(prepared.decoded, contentType);
  return (
    <>
      {note && <ViewNote>{note}</ViewNote>}
      <CodeView lines={prepared.lines} label="Body as text" wrap={wrap} find={find} numbered />
    </>
  );
}

function* readLines(bytes: Uint8Array, contentType: string | null) {
  const decoded = yield* decodeTextInSlices(bytes, contentType);
  return { decoded, lines: yield* linesOfText(decoded.text) };
}

function noteOf(
  { text, charset, unknownCharset, lossy }: DecodedText,
  contentType: string | null,
): string {
  const notes = [
    unknownCharset && `No browser knows the charset "${unknownCharset}": read as ${charset}.`,
    lossy && `Some bytes are not ${charset}: \ufffd stands in their place. Hex shows them.`,
    !unknownCharset && charset !== "utf-8" && `Read as ${charset}${aliasOf(contentType, charset)}.`,
    lineEndsOf(text) === "mixed" && "Lines end partly in CRLF, partly in LF.",
  ];
  return notes.filter(Boolean).join(" ");
}

/** Browsers read iso-8859-1 and its like as something larger (WHATWG Encoding 4.2). */
function aliasOf(contentType: string | null, charset: string): string {
  const asked = parseContentType(contentType).params.get("charset")?.toLowerCase();
  return asked && asked !== charset ? `, which browsers take ${asked} for` : "";
}
