"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { copyWords, useCopy } from "#components/ui/use-copy.ts";
import type { Lines } from "#lib/body/lines.ts";

/** Characters of a path that are shown; all of it is copied. */
const PATH_SHOWN = 400;

type LineBarProps = {
  lines: Lines;
  picked: number | null;
  /** Whether a value leads to a filter of the list. */
  isFilterable: boolean;
  onLevel: (level: number | null) => void;
};

/** Below the lines: the picked one's path and value to copy, and how deep blocks are open. */
export function LineBar({ lines, picked, isFilterable, onLevel }: LineBarProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-0.5 border-t border-line px-3 py-1">
      {lines.place && <PickedLine place={lines.place} line={picked} isFilterable={isFilterable} />}
      <div role="group" aria-label="Open blocks" className="ml-auto flex items-center">
        <span className="mr-1 text-xs text-faint">Open to level</span>
        {levels.map(({ level, name, label }) => (
          <Button
            key={name}
            size="sm"
            variant="quiet"
            aria-label={label}
            onClick={() => onLevel(level)}
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}

const levels: { level: number | null; name: string; label: string }[] = [
  { level: 1, name: "1", label: "Open 1 level" },
  { level: 2, name: "2", label: "Open 2 levels" },
  { level: 3, name: "3", label: "Open 3 levels" },
  { level: null, name: "all", label: "Open all levels" },
];

type PickedLineProps = {
  place: NonNullable<Lines["place"]>;
  line: number | null;
  isFilterable: boolean;
};

function PickedLine({ place, line, isFilterable }: PickedLineProps) {
  const path = useMemo(() => (line === null ? null : place.path(line)), [place, line]);
  if (path === null || line === null) {
    return (
      <span className="text-xs text-faint max-sm:hidden">
        {isFilterable
          ? "Pick a line to filter by its value, or to copy it"
          : "Pick a line to copy its value or its path"}
      </span>
    );
  }
  return (
    <div className="flex min-w-0 flex-1 basis-64 items-center gap-1">
      <output className="min-w-0 flex-1 truncate" title={path.slice(0, PATH_SHOWN)}>
        <WireText text={path.slice(0, PATH_SHOWN)} />
      </output>
      <CopyAction label="Path" name="Copy the path" text={() => path} />
      <CopyAction label="Value" name="Copy the value" text={() => place.value(line)} />
    </div>
  );
}

const icons = { idle: Copy, copied: Check, failed: TriangleAlert };

/** Makes the text only when it is asked for: a value may be most of the body. */
function CopyAction({ label, name, text }: { label: string; name: string; text: () => string }) {
  const [state, copy] = useCopy();
  const Icon = icons[state];
  return (
    <>
      <Button size="sm" variant="quiet" aria-label={name} onClick={() => copy(text())}>
        <Icon size={13} aria-hidden />
        {label}
      </Button>
      <span role="status" className="sr-only">
        {copyWords[state]}
      </span>
    </>
  );
}
