"use client";

import { clsx } from "clsx";
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { ImportReportView } from "./import-report.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { useImport } from "./use-import.ts";

type ImportDialogProps = {
  binId: string;
  api: ApiClient;
  /** One that was dropped on the page; null to ask for one. */
  file: File | null;
  onClose: () => void;
};

/** Reads a file of requests into the bin. */
export function ImportDialog({ binId, api, file, onClose }: ImportDialogProps) {
  const { state, start, stop } = useImport(api.importUrl(binId));
  const begin = useEffectEvent(start);
  useEffect(() => {
    if (file) begin(file);
  }, [file]);
  const isRunning = state.kind === "running";
  return (
    <Dialog
      onClose={onClose}
      title="Import"
      description="An NDJSON export of Hooklens comes back whole; of a HAR file, from a browser or a proxy, what it tells. Imported requests keep their time, get new numbers, and are not delivered to listeners."
      actions={
        isRunning ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          state.kind === "done" && <Button onClick={onClose}>Done</Button>
        )
      }
    >
      {isRunning ? (
        <div className="flex flex-col gap-1.5">
          <ProgressBar label="Import" share={state.share} />
          <p role="status" className="text-xs text-muted">
            {state.share < 1 ? "Sending" : "Storing the rest of"}{" "}
            <span className="wire wrap-anywhere">{state.file}</span>
          </p>
        </div>
      ) : (
        <FileDrop onFile={start} />
      )}
      {state.kind === "done" && <ImportReportView report={state.report} file={state.file} />}
      {state.kind === "failed" && (
        <Notice tone="bad">
          <b>Not imported.</b> {state.message}
        </Notice>
      )}
    </Dialog>
  );
}

function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  function take(event: DragEvent, isDrop: boolean) {
    event.preventDefault();
    event.stopPropagation();
    setOver(!isDrop);
    const [file] = event.dataTransfer.files;
    if (isDrop && file) onFile(file);
  }
  return (
    // A second way for who has a mouse: the button in it does the same.
    <div
      onDragOver={(event) => take(event, false)}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => take(event, true)}
      className={clsx(
        "flex flex-col items-center gap-2 rounded-md border border-dashed px-4 py-6",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong",
      )}
    >
      <input
        ref={input}
        type="file"
        accept=".ndjson,.jsonl,.har,.json"
        aria-label="File to import"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = "";
        }}
      />
      <Button variant="primary" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <p className="text-xs text-muted max-md:hidden">or drop one here, or anywhere on the page</p>
    </div>
  );
}
