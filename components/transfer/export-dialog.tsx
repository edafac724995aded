"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { formatSize } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import {
  type ExportFormat,
  type ExportSize,
  exportFormats,
  roughFileBytes,
} from "#lib/contract/transfer.ts";
import { FormatChoice } from "./format-choice.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { type ExportState, useExport } from "./use-export.ts";
import { requestsWord, wordsOfError } from "./words.ts";

type ExportDialogProps = {
  bin: Bin;
  api: ApiClient;
  /** What the list is filtered by; empty for all. */
  query: string;
  /** Only these. */
  marked?: readonly RequestSummary[];
  onClose: () => void;
};

type Which = "all" | "filter";

/** All requests of a bin, those of its filter, or those that are marked, as one file. */
export function ExportDialog({ bin, api, query, marked, onClose }: ExportDialogProps) {
  const hasFilter = query.trim() !== "";
  const [format, setFormat] = useState<ExportFormat>(exportFormats[0]);
  const [which, setWhich] = useState<Which>(hasFilter ? "filter" : "all");
  const q = which === "filter" ? query : "";
  const { size, problem } = useSize(bin.id, api, q, marked);
  const { state, start, stop } = useExport(bin.id, api);
  const isRunning = state.kind === "running";
  return (
    <Dialog
      onClose={onClose}
      title="Export"
      actions={
        isRunning ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          <>
            {state.kind === "done" && <Button onClick={onClose}>Close</Button>}
            <Button
              variant={state.kind === "done" ? "secondary" : "primary"}
              disabled={!size || size.requests === 0}
              onClick={() => void start(format, marked?.map(({ id }) => id) ?? q)}
            >
              {state.kind === "done" ? "Export again" : "Export"}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={isRunning} className="flex min-w-0 flex-col gap-4">
        {hasFilter && (
          <div className="flex flex-col items-start gap-1.5">
            <Choice
              label="Which requests"
              value={which}
              onChange={setWhich}
              choices={[
                { value: "filter", label: "Those of the filter" },
                { value: "all", label: "All" },
              ]}
            />
            {which === "filter" && (
              <code className="wire max-w-full truncate text-xs text-muted">{query}</code>
            )}
          </div>
        )}
        <FormatChoice value={format} onChange={setFormat} />
      </fieldset>
      <p role="status" className="text-xs text-muted">
        {problem ? "" : sizeWords(format, size)}
      </p>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Outcome state={state} expected={size && roughFileBytes(format, size)} />
    </Dialog>
  );
}

function useSize(
  binId: string,
  api: ApiClient,
  q: string,
  marked: readonly RequestSummary[] | undefined,
) {
  const [known, setKnown] = useState<{ q: string; size?: ExportSize; problem?: string }>({ q });
  useEffect(() => {
    if (marked) return setKnown({ q, size: sizeOf(marked) });
    const abort = new AbortController();
    api.exportSize(binId, q, abort.signal).then(
      (size) => setKnown({ q, size }),
      (error: unknown) => {
        if (!abort.signal.aborted) setKnown({ q, problem: wordsOfError(error) });
      },
    );
    return () => abort.abort();
  }, [api, binId, q, marked]);
  const isOfNow = known.q === q;
  return { size: (isOfNow && known.size) || null, problem: (isOfNow && known.problem) || null };
}

const sizeOf = (marked: readonly RequestSummary[]): ExportSize => ({
  requests: marked.length,
  bodyBytes: marked.reduce((sum, { bodySize }) => sum + bodySize, 0),
  isExact: true,
});

function sizeWords(format: ExportFormat, size: ExportSize | null): string {
  if (!size) return "Counting";
  if (size.requests === 0) return "There is nothing to export.";
  const atLeast = size.isExact ? "" : "at least ";
  return `${atLeast}${requestsWord(size.requests)}, about ${formatSize(roughFileBytes(format, size))}, oldest first`;
}

function Outcome({ state, expected }: { state: ExportState; expected: number | null }) {
  if (state.kind === "running") {
    return (
      <div className="flex flex-col gap-1.5">
        <ProgressBar label="Export" share={expected ? state.bytes / expected : null} />
        <p className="text-xs text-muted">{formatSize(state.bytes)} came so far</p>
      </div>
    );
  }
  if (state.kind === "done") {
    return (
      <Notice>
        <b>Whole.</b> {formatSize(state.bytes)} went to this browser's downloads as{" "}
        <span className="wire wrap-anywhere">{state.fileName}</span>.
      </Notice>
    );
  }
  if (state.kind !== "failed") return null;
  const { message, partial } = state;
  return (
    <Notice
      tone="bad"
      actions={
        partial && (
          <Button size="sm" onClick={partial}>
            Save what came
          </Button>
        )
      }
    >
      <b>{partial ? "Cut: the file is not whole." : "Not exported."}</b> {message} Try again.
    </Notice>
  );
}
