"use client";

import { Download, Pin, Send, Tag, Trash2, X } from "lucide-react";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { CompareMarked } from "./compare-marked.tsx";

export type MarkedActions = {
  label: () => void;
  pin: () => void;
  exportThem: () => void;
  forward: () => void;
  remove: () => void;
  none: () => void;
};

type MarkedBarProps = {
  requests: readonly RequestSummary[];
  act: MarkedActions;
};

/** What can be done with all that are marked. */
export function MarkedBar({ requests, act }: MarkedBarProps) {
  const isPinned = requests.every(({ pinned }) => pinned);
  return (
    <div
      role="toolbar"
      aria-label="Selected requests"
      className="flex min-h-11 shrink-0 items-center border-t border-line bg-raised pr-2 pl-4 max-md:min-h-14 max-md:pr-1 max-md:pl-3"
    >
      <span role="status" className="min-w-0 flex-1 truncate font-medium">
        {formatCount(requests.length)}
        <span className="max-[26rem]:sr-only"> selected</span>
      </span>
      <IconButton icon={Tag} label="Label" onClick={act.label} />
      <IconButton icon={Pin} label={isPinned ? "Unpin" : "Pin"} onClick={act.pin} />
      <IconButton icon={Download} label="Export" onClick={act.exportThem} />
      <IconButton icon={Send} label="Forward" onClick={act.forward} />
      <CompareMarked requests={requests} />
      <IconButton icon={Trash2} label="Delete" className="text-bad" onClick={act.remove} />
      <IconButton icon={X} label="Select none" onClick={act.none} />
    </div>
  );
}
