"use client";

import { useCallback } from "react";
import { decodeText } from "./decode-text.ts";
import { splitPairs } from "./pairs.ts";
import { PairsView } from "./pairs-view.tsx";
import { Preparing } from "./preparing.tsx";
import { usePrepared, type Work } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

/** An application/x-www-form-urlencoded body, each field decoded beside what was sent. */
export function FormView({ bytes }: { bytes: Uint8Array }) {
  const work = useCallback(
    async ({ pause }: Work) => {
      const { text, lossy } = decodeText(bytes, null);
      await pause();
      return { pairs: splitPairs(text), lossy };
    },
    [bytes],
  );
  const prepared = usePrepared(work);
  if (!prepared) return <Preparing label="Reading the form" />;
  return (
    <>
      {prepared.lossy && (
        <ViewNote>Some bytes are not UTF-8: {"\ufffd"} stands in their place.</ViewNote>
      )}
      <PairsView pairs={prepared.pairs} label="Fields of the form" />
    </>
  );
}
