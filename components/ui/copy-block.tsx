"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { copyWords, useCopy } from "./use-copy.ts";

const icons = { idle: Copy, copied: Check, failed: TriangleAlert };

type CopyBlockProps = { text: string; label: string };

/** A line or more of text for a terminal, copied whole by one click anywhere on it. */
export function CopyBlock({ text, label }: CopyBlockProps) {
  const [state, copy] = useCopy();
  const Icon = icons[state];
  return (
    <>
      <button
        type="button"
        aria-label={`${label}: ${text}`}
        onClick={() => copy(text)}
        className="group flex w-full cursor-pointer items-start gap-2 rounded-md border border-line bg-sunken px-3 py-2 text-left hover:border-line-strong"
      >
        <code className="wire min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap text-ink">
          {text}
        </code>
        <span className="flex h-5 shrink-0 items-center gap-1 text-xs text-faint group-hover:text-ink">
          {state === "copied" && "Copied"}
          <Icon size={14} strokeWidth={1.75} aria-hidden />
        </span>
      </button>
      <span role="status" className="sr-only">
        {copyWords[state]}
      </span>
    </>
  );
}
