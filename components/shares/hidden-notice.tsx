import { EyeOff } from "lucide-react";
import type { HiddenMark } from "#lib/contract/hidden.ts";
import { hiddenInWords } from "./hidden-words.ts";

/** What of a request whoever shared it has hidden. */
export function HiddenNotice({ marks }: { marks: readonly HiddenMark[] }) {
  return (
    <p
      role="note"
      className="flex items-start gap-2 rounded-md border border-dashed border-line-strong px-3 py-1 text-xs text-muted"
    >
      <EyeOff size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        <b className="font-medium text-ink">Hidden by whoever shared this:</b>{" "}
        {hiddenInWords(marks)}.
      </span>
    </p>
  );
}
