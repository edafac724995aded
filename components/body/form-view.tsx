"use client";

import { use, useCallback } from "react";
import { BodyReadingContext } from "#components/filter/value-filter.ts";
import { decodeTextInSlices } from "#lib/body/decode-text.ts";
import { splitPairsInSlices } from "#lib/body/pairs.ts";
import { PairsView } from "./pairs-view.tsx";
import { Preparing } from "./preparing.tsx";
import { inSlices } from "#lib/body/slices.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

/** An application/x-www-form-urlencoded body, each field decoded beside what was sent. */
export function FormView({ bytes }: { bytes: Uint8Array }) {
  const work = useCallback((slices: Work) => inSlices(readForm(bytes), slices), [bytes]);
  const prepared = usePrepared(work);
  const reading = use(BodyReadingContext);
  if (!prepared) return <Preparing label="Reading the form" />;
  return (
    <>
      {prepared.lossy && (
        <ViewNote>Some bytes are not UTF-8: {"\ufffd"} stands in their place.</ViewNote>
      )}
      <PairsView
        pairs={prepared.pairs}
        label="Fields of the form"
        field={reading === "form" ? "form" : null}
      />
    </>
  );
}

function* readForm(bytes: Uint8Array) {
  const { text, lossy } = yield* decodeTextInSlices(bytes, null);
  return { pairs: yield* splitPairsInSlices(text), lossy };
}
