"use client";

import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { Size } from "#components/ui/size.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { AnswerMark } from "./answer-mark.tsx";
import { MarkedText } from "./marked-text.tsx";
import { useLongPress } from "./use-long-press.ts";

export const rowId = (request: RequestSummary) => `request-${request.seq}`;

/** More than any row can show. */
const SHOWN_CHARS = 200;

type RequestRowProps = {
  request: RequestSummary;
  selected: boolean;
  /** Off while none is marked. */
  mark: "off" | "yes" | "no";
  isUnread: boolean;
  /** Came in while the page was looking. */
  fresh: boolean;
  /** Found by these. */
  words: readonly string[];
  top: number;
  height: number;
  position: number;
  /** -1 while there are more than are loaded. */
  count: number;
  onOpen: (request: RequestSummary) => void;
  onMark: (request: RequestSummary, isRange: boolean) => void;
};

/** Two lines: what came; its number, place, size and answer. Mono is the sender's, the rest is ours. */
export const RequestRow = memo(function RequestRow(props: RequestRowProps) {
  const { request, selected, mark, isUnread, fresh, words, top, height, position, count } = props;
  const press = useLongPress(() => props.onMark(request, false));

  function onClick(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      props.onMark(request, event.shiftKey);
      // A range is no selection of text.
      getSelection()?.removeAllRanges();
    } else if (mark === "off" || !matchMedia("(pointer: coarse)").matches) props.onOpen(request);
    else props.onMark(request, false);
  }

  return (
    // The listbox holds the focus and takes the keys
    <div
      id={rowId(request)}
      role="option"
      aria-selected={selected}
      aria-checked={mark === "off" ? undefined : mark === "yes"}
      aria-posinset={position}
      aria-setsize={count}
      tabIndex={-1}
      onClick={onClick}
      {...press}
      style={{ transform: `translateY(${top}px)`, height }}
      className={clsx(
        "absolute inset-x-0 top-0 flex cursor-pointer flex-col justify-center border-b border-line px-4 max-md:px-3",
        selected && "shadow-[inset_2px_0_0_var(--color-accent)]",
        selected || mark === "yes" ? "bg-accent-soft" : "hover:bg-hover",
        fresh && !selected && "animate-arrive",
      )}
    >
      <RowSign mark={mark} isUnread={isUnread} />
      <div className="flex items-baseline gap-2">
        <Method method={request.method} words={words} />
        <span className="min-w-0 flex-1 truncate">
          <What request={request} words={words} />
        </span>
        <RowTime at={request.receivedAt} className="shrink-0 text-xs text-muted" />
      </div>
      <div className="flex items-baseline gap-2 text-xs text-faint">
        <span className="w-12 shrink-0">#{request.seq}</span>
        <span className="min-w-0 flex-1 truncate">
          <Whence request={request} words={words} />
        </span>
        {request.bodyIncomplete && <Mark word="incomplete" />}
        {request.bodyTruncated && <Mark word="truncated" />}
        <Size bytes={request.bodySize} className="shrink-0" />
        <AnswerMark request={request} />
      </div>
    </div>
  );
});

/** In the margin: a tick when marked, else a dot while unread. */
function RowSign({ mark, isUnread }: Pick<RequestRowProps, "mark" | "isUnread">) {
  if (mark === "yes") {
    return (
      <Check size={12} strokeWidth={3} aria-hidden className="absolute left-[3px] text-accent" />
    );
  }
  if (!isUnread) return null;
  return (
    <span className="absolute top-[19px] left-[5px] size-1.5 rounded-full bg-accent max-md:top-[23px] max-md:left-[3px]">
      <span className="sr-only">unread</span>
    </span>
  );
}

type Worded = Pick<RequestRowProps, "words">;

function Method({ method, words }: { method: string } & Worded) {
  return (
    <span className="w-12 shrink-0 truncate" title={method}>
      <MarkedText text={method} words={words} className="font-semibold text-muted" />
    </span>
  );
}

/** The event where the sender was recognised, else the path. */
function What({ request: { provider, target }, words }: { request: RequestSummary } & Worded) {
  const text = (provider?.event ?? target).slice(0, SHOWN_CHARS);
  return text === "" ? (
    <span className="text-faint">no path</span>
  ) : (
    <MarkedText text={text} words={words} className="text-ink" />
  );
}

function Whence({ request, words }: { request: RequestSummary } & Worded) {
  const { provider, target, contentType, bodySize } = request;
  if (!provider) {
    return contentType ? (
      <MarkedText text={contentType.slice(0, SHOWN_CHARS)} words={words} className="text-xs" />
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
        <MarkedText text={target.slice(0, SHOWN_CHARS)} words={words} className="ml-2 text-xs" />
      )}
    </>
  );
}

function Mark({ word }: { word: string }) {
  return <span className="shrink-0 rounded-sm bg-warn-soft px-1 text-2xs text-warn">{word}</span>;
}
