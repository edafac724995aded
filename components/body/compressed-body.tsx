"use client";

import { type ComponentProps, useCallback } from "react";
import { formatSize } from "#components/ui/format.ts";
import type { DecodedEnd } from "#lib/contract/content-coding.ts";
import { BodyView } from "./body-view.tsx";
import { type DecodeElsewhere, type Decompressed, decompress } from "./decompress.ts";
import { Preparing } from "./preparing.tsx";
import { usePrepared } from "./use-prepared.ts";

type CompressedBodyProps = Omit<ComponentProps<typeof BodyView>, "wireBytes"> & {
  /** The codings as one string, which keeps its identity. */
  joined: string;
  decodeElsewhere: DecodeElsewhere | null;
};

/** A body as it was before its codings, with what is to be known of them. */
export function CompressedBody({ joined, decodeElsewhere, bytes, ...props }: CompressedBodyProps) {
  const work = useCallback(
    () => decompress(bytes, joined.split(", "), decodeElsewhere),
    [bytes, joined, decodeElsewhere],
  );
  const outcome = usePrepared(work);
  if (!outcome) return <Preparing label="Decompressing the body" />;
  const shown = outcome.kind === "decoded" ? outcome.bytes : bytes;
  const notes = [props.note, noteOf(outcome, joined, bytes.length)];
  return (
    <BodyView {...props} bytes={shown} wireBytes={bytes} note={notes.filter(Boolean).join(" ")} />
  );
}

const ends: Record<DecodedEnd, string> = {
  whole: "",
  cut: ", cut there",
  broken: ", where the compressed bytes break off",
  late: ", where it took too long to go on",
};

function noteOf(outcome: Decompressed, codings: string, wireSize: number): string {
  if (outcome.kind === "unknown") {
    return `Sent with Content-Encoding ${codings}, which can't be undone here: shown as sent.`;
  }
  if (outcome.kind === "failed") {
    return `Sent with Content-Encoding ${codings}, but it can’t be unpacked: shown as sent.`;
  }
  const size = formatSize(outcome.bytes.length);
  const sizes = `${formatSize(wireSize)} on the wire, ${size} unfolded${ends[outcome.end]}`;
  return `Shown decompressed (${codings}): ${sizes}. Hex shows the bytes as sent.`;
}
