"use client";

import { useMemo } from "react";
import { decodeText } from "./decode-text.ts";
import { splitPairs } from "./pairs.ts";
import { PairsView } from "./pairs-view.tsx";
import { ViewNote } from "./view-note.tsx";

/** An application/x-www-form-urlencoded body, each field decoded beside what was sent. */
export function FormView({ bytes }: { bytes: Uint8Array }) {
  const { pairs, lossy } = useMemo(() => {
    const decoded = decodeText(bytes, null);
    return { pairs: splitPairs(decoded.text), lossy: decoded.lossy };
  }, [bytes]);
  return (
    <>
      {lossy && <ViewNote>Some bytes are not UTF-8: {"\ufffd"} stands in their place.</ViewNote>}
      <PairsView pairs={pairs} label="Fields of the form" />
    </>
  );
}
