"use client";

import { Pencil, Pin } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { LabelChip } from "./label-chip.tsx";
import { NoteEditor } from "./note-editor.tsx";
import { useNote } from "./use-note.ts";

type KeptPartProps = {
  api: ApiClient;
  summary: RequestSummary;
  request: CapturedRequest | null;
  isWriting: boolean;
  onWriting: (isWriting: boolean) => void;
  onLabel: () => void;
};

/** What people say of a request: that it is pinned, its labels, its note. */
export function KeptPart(props: KeptPartProps) {
  const { api, summary, request, isWriting, onWriting, onLabel } = props;
  const { note, setNote } = useNote(api, summary, request);
  const { labels = [], pinned } = summary;
  return (
    <div className="flex flex-col gap-1.5 empty:hidden">
      {(pinned || labels.length > 0) && (
        <div className="flex max-h-20 flex-wrap items-center gap-1 overflow-y-auto">
          {pinned && (
            <span className="mr-1 inline-flex items-center gap-1 text-2xs font-medium text-accent">
              <Pin size={11} strokeWidth={2} fill="currentColor" aria-hidden />
              Pinned
            </span>
          )}
          {labels.length > 0 && (
            <Button
              variant="quiet"
              size="sm"
              aria-label={`Change labels: ${labels.join(", ")}`}
              onClick={onLabel}
              className="-mx-1 h-auto min-h-6 max-w-full shrink flex-wrap justify-start px-1 py-0.5"
            >
              {labels.map((label) => (
                <LabelChip key={label} label={label} />
              ))}
            </Button>
          )}
        </div>
      )}
      {isWriting && request ? (
        <NoteEditor
          api={api}
          binId={request.binId}
          id={summary.id}
          note={note}
          onSaved={setNote}
          onClose={() => onWriting(false)}
        />
      ) : (
        note && (
          <div className="flex items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-3">
            <p
              dir="auto"
              aria-label="Note"
              role="note"
              tabIndex={0}
              className="max-h-24 min-w-0 flex-1 overflow-y-auto py-1 text-xs wrap-anywhere whitespace-pre-wrap"
            >
              {note}
            </p>
            <IconButton icon={Pencil} label="Change the note" onClick={() => onWriting(true)} />
          </div>
        )
      )}
    </div>
  );
}
