"use client";

import { X } from "lucide-react";
import { useDecodeMode } from "#components/decode/decode-mode.ts";
import { LaterSteps } from "#components/decode/later-steps.tsx";
import { WireText } from "#components/request/wire-text.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { DecodedLine } from "./use-decoded-line.ts";

type DecodedPanelProps = { line: DecodedLine; onClose: () => void };

/** Below the lines: what the picked one's value holds. */
export function DecodedPanel({ line: { name, steps }, onClose }: DecodedPanelProps) {
  const { arrivedAtMs } = useDecodeMode();
  const words = plainName(name) || "Value";
  return (
    <section
      aria-label={`${words} decoded`}
      className="flex max-h-3/5 min-h-24 shrink-0 flex-col border-t border-line-strong"
    >
      <header className="flex shrink-0 items-center gap-2 border-b border-line py-1 pr-2 pl-4">
        <WireText text={name || "Value"} className="min-w-0 truncate font-medium" />
        <span className="text-xs text-muted">decoded</span>
        <IconButton
          icon={X}
          label="Close the decoded value"
          onClick={onClose}
          className="ml-auto"
        />
      </header>
      <div className="min-h-0 overflow-y-auto px-4 py-2">
        <LaterSteps steps={steps} name={words} arrivedAtMs={arrivedAtMs} />
      </div>
    </section>
  );
}
