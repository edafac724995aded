"use client";

import { useMemo } from "react";
import { JsonView } from "#components/body/json-view.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A JSON text as a tree of its own. */
export function JsonBox({ text }: { text: string }) {
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  return (
    <div className="flex max-h-80 min-w-0 flex-col rounded-sm border border-line bg-surface">
      <JsonView bytes={bytes} contentType={null} sequence={false} wrap />
    </div>
  );
}

type StepHeadProps = { words: string; text: string; what?: string };

/** What the step is, and the button that copies it. */
export function StepHead({ words, text, what = words }: StepHeadProps) {
  return (
    <div className="flex items-center gap-1">
      <span className="text-xs font-medium text-muted">{words}</span>
      <CopyButton text={text} label={`Copy ${what}`} className="-my-1.5" />
    </div>
  );
}
