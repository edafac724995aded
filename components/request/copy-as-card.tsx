"use client";

import { Check, Download, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { saveBytes } from "#components/body/save-bytes.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isPopupOpen } from "#components/ui/open-popup.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { BODY_FILE, INLINE_BYTES_MAX } from "#lib/copy-as/kinds.ts";
import { copyNotes, copyTitle } from "./copy-words.ts";
import type { CopyResult } from "./use-copy-as.ts";

const SHOWN_MS = 3_000;

type CopyAsCardProps = {
  api: ApiClient;
  request: CapturedRequest;
  result: CopyResult;
  onClose: () => void;
};

/** Below the head's first line: what became of copying. It goes by itself when it has nothing more to say. */
export function CopyAsCard({ api, request, result, onClose }: CopyAsCardProps) {
  const notes = copyNotes(result);
  const [isHeld, setHeld] = useState(false);
  const stays = isHeld || notes.length > 0 || result.phase !== "copied";
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, onClose]);
  useEscape(onClose);
  const Icon = result.phase === "copied" ? Check : TriangleAlert;
  return (
    <div
      role="group"
      aria-label="Copied request"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="absolute top-full right-0 z-30 mt-1 w-max max-w-[min(24rem,calc(100vw-2rem))] rounded-md bg-raised p-1 pl-3 shadow-pop"
    >
      <div className="flex items-center gap-2">
        <Icon
          size={15}
          aria-hidden
          className={result.phase === "copied" ? "shrink-0 text-good" : "shrink-0 text-warn"}
        />
        <span className="min-w-0 flex-1 wrap-anywhere">{copyTitle(result)}</span>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      {notes.length > 0 && (
        <ul className="mr-2 mb-2 flex max-h-60 list-disc flex-col gap-1 overflow-y-auto pl-4 text-xs text-muted">
          {notes.map((note) => (
            <li key={note} className="wrap-anywhere">
              {note}
            </li>
          ))}
        </ul>
      )}
      <Actions api={api} request={request} result={result} />
    </div>
  );
}

/** Escape is the card's before it is the pane's, wherever the focus is by then: it comes back from the menu in its own time. */
function useEscape(onEscape: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || isPopupOpen()) return;
      event.preventDefault();
      onEscape();
    }
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [onEscape]);
}

function Actions({ api, request, result }: Omit<CopyAsCardProps, "onClose">) {
  if (result.phase === "failed") return null;
  const { kind, phase, copy, body } = result;
  const needsFile = kind !== "raw" && body.length > INLINE_BYTES_MAX;
  return (
    <div className="mr-2 mb-2 flex flex-wrap gap-2 empty:hidden">
      {phase === "refused" && (
        <CopyButton text={copy.text} label="Copy it now" size="sm" variant="secondary" />
      )}
      {needsFile && (
        <Button size="sm" onClick={() => saveBytes(body, BODY_FILE)}>
          <Download size={13} aria-hidden />
          Save {BODY_FILE}
        </Button>
      )}
      {kind === "raw" && copy.notes.length > 0 && (
        <a
          href={api.rawUrl(request.binId, request.id)}
          download
          className={buttonClass({ size: "sm" })}
        >
          <Download size={13} aria-hidden />
          Download the raw message
        </a>
      )}
    </div>
  );
}
