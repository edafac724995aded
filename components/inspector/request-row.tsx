"use client";

import { clsx } from "clsx";
import { memo } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Size } from "#components/ui/size.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { AnswerMark } from "./answer-mark.tsx";

export const rowId = (request: RequestSummary) => `request-${request.seq}`;

/** More than any row can show. */
const SHOWN_CHARS = 200;

type RequestRowProps = {
  request: RequestSummary;
  selected: boolean;
  /** Came in while the page was looking. */
  fresh: boolean;
  top: number;
  height: number;
  position: number;
  /** -1 while there are more than are loaded. */
  count: number;
  onOpen: (request: RequestSummary) => void;
};

/** Two lines: what came; its number, place, size and answer. Mono is the sender's, the rest is ours. */
export const RequestRow = memo(function RequestRow(props: RequestRowProps) {
  const { request, selected, fresh, top, height, position, count, onOpen } = props;
  return (
    // The listbox holds the focus and takes the keys
    <div
      id={rowId(request)}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={count}
      tabIndex={-1}
      onClick={() => onOpen(request)}
      style={{ transform: `translateY(${top}px)`, height }}
      className={clsx(
        "absolute inset-x-0 top-0 flex cursor-pointer flex-col justify-center border-b border-line px-4 max-md:px-3",
        selected ? "bg-accent-soft shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
        fresh && !selected && "animate-arrive",
      )}
    >
      <div className="flex items-baseline gap-2">
        <Method method={request.method} />
        <span className="min-w-0 flex-1 truncate">
          <What request={request} />
        </span>
        <RowTime at={request.receivedAt} className="shrink-0 text-xs text-muted" />
      </div>
      <div className="flex items-baseline gap-2 text-xs text-faint">
        <span className="w-12 shrink-0">#{request.seq}</span>
        <span className="min-w-0 flex-1 truncate">
          <Whence request={request} />
        </span>
        {request.bodyIncomplete && <Mark word="incomplete" />}
        {request.bodyTruncated && <Mark word="truncated" />}
        <Size bytes={request.bodySize} className="shrink-0" />
        <AnswerMark request={request} />
      </div>
    </div>
  );
});

function Method({ method }: { method: string }) {
  return (
    <span className="w-12 shrink-0 truncate" title={method}>
      <WireText text={method} className="font-semibold text-muted" />
    </span>
  );
}

/** The event where the sender was recognised, else the path. */
function What({ request: { provider, target } }: { request: RequestSummary }) {
  const text = (provider?.event ?? target).slice(0, SHOWN_CHARS);
  return text === "" ? (
    <span className="text-faint">no path</span>
  ) : (
    <WireText text={text} className="text-ink" />
  );
}

function Whence({ request }: { request: RequestSummary }) {
  const { provider, target, contentType, bodySize } = request;
  if (!provider) {
    return contentType ? (
      <WireText text={contentType.slice(0, SHOWN_CHARS)} className="text-xs" />
    ) : bodySize === 0 ? (
      "no body"
    ) : (
      "no content type"
    );
  }
  return (
    <>
      <span className="text-muted">{provider.name}</span>
      {provider.event && target !== "" && (
        <WireText text={target.slice(0, SHOWN_CHARS)} className="ml-2 text-xs" />
      )}
    </>
  );
}

function Mark({ word }: { word: string }) {
  return <span className="shrink-0 rounded-sm bg-warn-soft px-1 text-2xs text-warn">{word}</span>;
}
