import { StickyNote } from "lucide-react";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { LabelChip } from "./label-chip.tsx";

const SHOWN_LABELS = 2;

/** What people say of a request, as far as a row has room for it. */
export function RowKept({ request: { labels = [], noteLine } }: { request: RequestSummary }) {
  const more = labels.length - SHOWN_LABELS;
  return (
    <span className="flex max-w-[45%] min-w-0 shrink-0 items-center gap-1">
      {labels.length > 0 && <span className="sr-only">labels:</span>}
      {labels.slice(0, SHOWN_LABELS).map((label) => (
        <LabelChip key={label} label={label} />
      ))}
      {more > 0 && (
        <span className="shrink-0 text-2xs" title={labels.slice(SHOWN_LABELS).join(", ")}>
          +{more}
        </span>
      )}
      {noteLine && (
        <span className="shrink-0" title={noteLine}>
          <StickyNote size={11} strokeWidth={2} aria-hidden />
          <span className="sr-only">note: {noteLine}</span>
        </span>
      )}
    </span>
  );
}
