"use client";

import { useCallback } from "react";
import { formatSize } from "#components/ui/format.ts";
import { decodeTextInSlices } from "#lib/body/decode-text.ts";
import { Preparing } from "./preparing.tsx";
import { PREVIEW_CHARS_MAX, previewDocument } from "./preview-document.ts";
import { inSlices } from "#lib/body/slices.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";
import { ViewNote } from "./view-note.tsx";

type PreviewViewProps = { bytes: Uint8Array; contentType: string | null };

/** HTML as a page in a sandbox that runs nothing, loads nothing and leads nowhere. */
export function PreviewView({ bytes, contentType }: PreviewViewProps) {
  const work = useCallback(
    (slices: Work) => inSlices(readPage(bytes, contentType), slices),
    [bytes, contentType],
  );
  const prepared = usePrepared(work);
  if (!prepared) return <Preparing label="Reading the HTML" />;
  return (
    <>
      <ViewNote>
        A preview, not what a browser would show: scripts, style sheets, links and everything from
        outside are left out
        {prepared.isCut && `, and so is all beyond the first ${formatSize(PREVIEW_CHARS_MAX)}`}.
      </ViewNote>
      {/* White, as the page's author saw it, in the dark theme too. */}
      <iframe
        title="Preview of the HTML body"
        sandbox=""
        srcDoc={prepared.page}
        referrerPolicy="no-referrer"
        className="min-h-64 w-full flex-1 bg-paper scheme-light"
      />
    </>
  );
}

function* readPage(bytes: Uint8Array, contentType: string | null) {
  const { text } = yield* decodeTextInSlices(bytes, contentType);
  return { page: previewDocument(text), isCut: text.length > PREVIEW_CHARS_MAX };
}
