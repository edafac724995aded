"use client";

import { Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { CompareMarked } from "./compare-marked.tsx";

type MarkedBarProps = {
  requests: readonly RequestSummary[];
  onDelete: () => void;
  onNone: () => void;
};

/** What can be done with all that are marked. */
export function MarkedBar({ requests, onDelete, onNone }: MarkedBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selected requests"
      className="flex min-h-11 shrink-0 max-md:min-h-14 items-center gap-2 border-t border-line bg-raised px-4 max-md:px-3"
    >
      <span role="status" className="min-w-0 flex-1 truncate font-medium">
        {formatCount(requests.length)} selected
      </span>
      <CompareMarked requests={requests} />
      <Button variant="quiet" onClick={onNone}>
        Select none
      </Button>
      <Button variant="careful" onClick={onDelete}>
        <Trash2 size={14} aria-hidden />
        Delete
      </Button>
    </div>
  );
}
