"use client";

import { clsx } from "clsx";
import { ChevronDown, ChevronUp, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Mask } from "#lib/compare/place.ts";
import type { Learned } from "./learn-mask.ts";
import { MaskPanel } from "./mask-panel.tsx";
import type { Showing } from "./rows.ts";

type CompareToolsProps = {
  words: string;
  /** They are on the page already. */
  isWordless: boolean;
  showing: Showing;
  onShow: (next: Partial<Showing>) => void;
  /** The difference one is at, from 1; null before the first. */
  at: number | null;
  count: number;
  onGo: (by: number) => void;
  mask: Mask;
  onMask: ((mask: Mask) => void) | null;
  onLearn: (() => Promise<Learned>) | null;
};

/** How much differs, and how it is gone through. */
export function CompareTools(props: CompareToolsProps) {
  const { words, isWordless, showing, onShow, at, count, onGo, mask, onMask, onLearn } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-1.5">
      <p role="status" className="min-w-0 flex-1 basis-48 font-medium">
        <span className={clsx(isWordless && "sr-only")}>{words}</span>
      </p>
      {count > 0 && (
        <div className="flex items-center">
          <span className="text-xs text-muted tabular-nums">
            {at === null ? formatCount(count) : `${formatCount(at)} of ${formatCount(count)}`}
          </span>
          <IconButton icon={ChevronUp} label="Previous difference" onClick={() => onGo(-1)} />
          <IconButton icon={ChevronDown} label="Next difference" onClick={() => onGo(1)} />
        </div>
      )}
      <Choice
        label="What is shown"
        value={showing.isAll ? "all" : "differences"}
        onChange={(value) => onShow({ isAll: value === "all" })}
        choices={[
          { value: "differences", label: "Differences" },
          { value: "all", label: "Everything" },
        ]}
      />
      {onMask && (
        <Popover
          label="What always changes"
          open={isOpen}
          onOpenChange={setOpen}
          align="end"
          trigger={(trigger) => (
            <Button size="sm" {...trigger}>
              <EyeOff size={14} strokeWidth={1.75} aria-hidden />
              Always changes
            </Button>
          )}
        >
          <MaskPanel
            mask={mask}
            onMask={onMask}
            onLearn={onLearn}
            showsMasked={showing.showsMasked}
            onShowMasked={(showsMasked) => onShow({ showsMasked })}
          />
        </Popover>
      )}
    </div>
  );
}
