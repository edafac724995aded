"use client";

import { type ComponentProps, useCallback } from "react";
import { formatSize } from "#components/ui/format.ts";
import { BodyView } from "./body-view.tsx";
import { type Decompressed, decompress } from "./decompress.ts";
import { Preparing } from "./preparing.tsx";
import { usePrepared } from "./use-prepared.ts";

type EncodedBodyProps = Omit<ComponentProps<typeof BodyView>, "wireBytes"> & {
  /** The Content-Encoding header; null when there was none. */
  encoding: string | null;
};

/** A body, shown decompressed where its Content-Encoding says that it is compressed. */
export function EncodedBody({ encoding, ...props }: EncodedBodyProps) {
  if (!encoding || /^\s*identity\s*$/i.test(encoding)) return <BodyView {...props} />;
  return <Compressed encoding={encoding} {...props} />;
}

function Compressed({ encoding, bytes, ...props }: EncodedBodyProps & { encoding: string }) {
  const work = useCallback(() => decompress(bytes, encoding), [bytes, encoding]);
  const outcome = usePrepared(work);
  if (!outcome) return <Preparing label="Decompressing the body" />;
  const shown = outcome.kind === "decoded" ? outcome.bytes : bytes;
  const notes = [props.note, noteOf(outcome, encoding, bytes.length)];
  return (
    <BodyView {...props} bytes={shown} wireBytes={bytes} note={notes.filter(Boolean).join(" ")} />
  );
}

function noteOf(outcome: Decompressed, encoding: string, wireSize: number): string {
  if (outcome.kind === "unknown") {
    return `Sent with Content-Encoding ${encoding}, which this page can't undo: shown as sent.`;
  }
  if (outcome.kind === "failed") {
    return `Sent with Content-Encoding ${encoding}, but the bytes are not: shown as sent.`;
  }
  const size = formatSize(outcome.bytes.length);
  const sizes = `${formatSize(wireSize)} on the wire, ${size} unfolded${outcome.cut ? ", cut there" : ""}`;
  return `Shown decompressed (${encoding}): ${sizes}. Hex shows the bytes as sent.`;
}
