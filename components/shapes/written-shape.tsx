"use client";

import { Download } from "lucide-react";
import { useCallback } from "react";
import { saveBytes } from "#components/body/save-bytes.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ShapeFormat } from "#lib/contract/shape-formats.ts";
import type { ShapeView } from "#lib/contract/shapes.ts";
import type { ShapesClient } from "#lib/contract/shapes-client.ts";

const encoder = new TextEncoder();
const extensions: Record<ShapeFormat, string> = {
  json: "json",
  typescript: "ts",
  zod: "zod.ts",
  "json-schema": "schema.json",
};

type WrittenShapeProps = {
  client: ShapesClient;
  view: ShapeView;
  format: ShapeFormat;
  title: string;
};

/** The shape in a language, to be copied or saved. */
export function WrittenShape({ client, view, format, title }: WrittenShapeProps) {
  const load = useCallback(
    // Again with each read of the shape, since it may hold more samples then.
    (signal: AbortSignal) => client.written(view.source, format, signal),
    [client, view, format],
  );
  const loaded = useLoad(load);
  return (
    <LoadState loaded={loaded} what={title}>
      {(text) => (
        <div className="flex min-h-0 flex-col">
          <div className="flex items-center gap-2 border-b border-line px-4 py-1.5">
            <code className="wire min-w-0 flex-1 truncate text-xs text-muted">
              {view.name}.{extensions[format]}
            </code>
            <CopyButton text={text} label={`Copy ${title}`} />
            <Button
              size="sm"
              onClick={() => saveBytes(encoder.encode(text), `${view.name}.${extensions[format]}`)}
            >
              <Download size={14} aria-hidden />
              Save
            </Button>
          </div>
          <pre className="wire overflow-auto px-4 py-3 [tab-size:2]">{text}</pre>
        </div>
      )}
    </LoadState>
  );
}
