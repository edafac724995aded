"use client";

import { useMemo } from "react";
import { formatBytes } from "#components/ui/format.ts";
import { toBase64 } from "./base64.ts";

/** A drawing by hand has kilobytes; what is larger would take long to be made ready. */
const DRAWN_BYTES_MAX = 2 * 1024 * 1024;

const IMAGE_STYLE =
  "position:absolute;inset:0;margin:auto;max-width:100%;max-height:100%;font:13px sans-serif";

/**
 * An SVG drawn as an image, in which no script runs and nothing is loaded, and in a sandboxed frame: a kilobyte whose
 * parts repeat each other can stand for billions of shapes, and browsers that give such a frame a process of its own
 * keep the page alive meanwhile.
 */
export function SvgView({ bytes }: { bytes: Uint8Array<ArrayBuffer> }) {
  const page = useMemo(
    () => (bytes.length > DRAWN_BYTES_MAX ? null : pageAround(toBase64(bytes))),
    [bytes],
  );
  if (page === null) {
    return (
      <p className="px-4 py-6 text-muted">
        More than {formatBytes(DRAWN_BYTES_MAX)} are not drawn. XML shows the source.
      </p>
    );
  }
  return (
    <figure className="flex min-h-0 flex-1 flex-col gap-2 p-4">
      <iframe
        title="The SVG as an image"
        sandbox=""
        srcDoc={page}
        referrerPolicy="no-referrer"
        className="checkered min-h-64 w-full flex-1 rounded-sm scheme-light"
      />
      <figcaption className="shrink-0 text-center text-xs text-muted">
        image/svg+xml · {formatBytes(bytes.length)}
      </figcaption>
    </figure>
  );
}

const pageAround = (base64: string) =>
  `<!doctype html><meta charset="utf-8"><img style="${IMAGE_STYLE}" alt="The browser could not read this as an SVG." src="data:image/svg+xml;base64,${base64}">`;
