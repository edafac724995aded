"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { formatBytes } from "#components/ui/format.ts";
import { useBlobUrl } from "./use-blob-url.ts";

type ImageViewProps = {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  /** A small one within other content. */
  preview?: boolean;
};

type Outcome = { kind: "loading" } | { kind: "failed" } | { kind: "shown"; size: string };

/** An image of pixels. */
export function ImageView({ bytes, type, preview = false }: ImageViewProps) {
  const url = useBlobUrl(bytes, type);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "loading" });
  if (outcome.kind === "failed") {
    return (
      <p className="px-4 py-6 text-muted">
        The browser could not read this as {type}. Hex shows its bytes.
      </p>
    );
  }
  return (
    <figure
      className={clsx("flex min-h-0 flex-col gap-2 overflow-auto", preview ? "py-1" : "flex-1 p-4")}
    >
      {url && (
        <img
          src={url}
          alt="Captured content"
          className={clsx(
            "checkered rounded-sm",
            preview ? "max-h-40 max-w-full self-start" : "m-auto max-h-full max-w-full",
          )}
          onLoad={({ currentTarget: image }) => {
            // Once it is drawn the address has done its work, and must open nothing in a tab of its own.
            URL.revokeObjectURL(url);
            setOutcome({
              kind: "shown",
              size: `${image.naturalWidth} × ${image.naturalHeight} px`,
            });
          }}
          onError={() => setOutcome({ kind: "failed" })}
        />
      )}
      <figcaption className={clsx("shrink-0 text-xs text-muted", !preview && "text-center")}>
        {outcome.kind === "shown" && `${outcome.size} · `}
        {type} · {formatBytes(bytes.length)}
      </figcaption>
    </figure>
  );
}
