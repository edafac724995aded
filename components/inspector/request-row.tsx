"use client";

import { clsx } from "clsx";
import { Check, Hourglass, Pin } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { later } from "#components/ui/later.tsx";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { WireText } from "#components/request/wire-text.tsx";
import { Size } from "#components/ui/size.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { AgainMark } from "./again-mark.tsx";
import { SignatureMark } from "./signature-mark.tsx";
import { AnswerMark } from "./answer-mark.tsx";
import { useShapeMark } from "./shape-marks.ts";
import { useLongPress } from "./use-long-press.ts";

/** Few requests have any. */
const RowKept = later(() =>
  import("#components/keep/row-kept.tsx").then((module) => module.RowKept),
);

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
  /** Listeners that it was not handed to yet, by name; empty for none, or when that is not known. */
  waitsFor: string;
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
  const { request, selected, mark, isUnread, fresh, waitsFor, top, height } = props;
  const { position, count } = props;
  const { press, isByTouch } = useLongPress(() => props.onMark(request, false));

  function onClick(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      props.onMark(request, event.shiftKey);
      // A range is no selection of text.
      getSelection()?.removeAllRanges();
    } else if (mark !== "off" && isByTouch()) props.onMark(request, false);
    else props.onOpen(request);
    // A row is taken out of the page once it is scrolled away, and the focus with it.
    event.currentTarget.closest<HTMLElement>("[role=listbox]")?.focus({ preventScroll: true });
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
        "absolute inset-x-0 top-0 flex cursor-pointer flex-col justify-center border-b border-line pr-4 max-md:pr-3",
        // Else a finger that rests would select the text under it.
        "pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none]",
        mark === "off" ? "pl-4 max-md:pl-3" : "pl-10",
        selected && "shadow-[inset_2px_0_0_var(--color-accent)]",
        selected || mark === "yes" ? "bg-accent-soft" : "hover:bg-hover",
        fresh && !selected && "animate-arrive",
      )}
    >
      <RowSigns mark={mark} isUnread={isUnread} />
      <div className="flex items-baseline gap-2">
        <Method method={request.method} />
        {request.provider && <ProviderMark provider={request.provider} className="self-center" />}
        <span className="min-w-0 flex-1 truncate">
          <What request={request} />
        </span>
        {request.pinned && <RowPin />}
        <RowTime at={request.receivedAt} className="shrink-0 text-xs text-muted" />
      </div>
      <div className="flex items-baseline gap-2 text-xs text-faint">
        <span className="w-12 shrink-0">#{request.seq}</span>
        <span className="min-w-0 flex-1 truncate">
          <Whence request={request} />
        </span>
        {(request.labels || request.noteLine) && <RowKept request={request} />}
        {request.handshake && <Chip word="handshake" />}
        {request.imported && <Chip word="imported" />}
        <SignatureMark status={request.signature.status} />
        <AgainMark request={request} />
        <ShapeWord seq={request.seq} />
        {request.bodyIncomplete && <Mark word="incomplete" />}
        {request.bodyTruncated && <Mark word="truncated" />}
        {waitsFor && <Waits names={waitsFor} />}
        <Size bytes={request.bodySize} className="shrink-0" />
        <AnswerMark request={request} />
      </div>
    </div>
  );
});

/** In the margin: a dot while unread, and a box once one of the rows is marked. */
function RowSigns({ mark, isUnread }: Pick<RequestRowProps, "mark" | "isUnread">) {
  return (
    <>
      {isUnread && (
        <span className="absolute top-1/2 left-[5px] size-1.5 -translate-y-1/2 rounded-full bg-accent forced-color-adjust-none max-md:left-[3px]">
          <span className="sr-only">unread</span>
        </span>
      )}
      {mark !== "off" && (
        <span
          aria-hidden
          className={clsx(
            "absolute top-1/2 left-4 flex size-4 -translate-y-1/2 items-center justify-center rounded-sm border",
            mark === "yes" ? "border-accent bg-accent text-on-accent" : "border-line-strong",
          )}
        >
          {mark === "yes" && <Check size={12} strokeWidth={3} />}
        </span>
      )}
    </>
  );
}

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
  const { provider, handshake, target, contentType, bodySize } = request;
  if (!provider) {
    if (handshake) return <span className="text-muted">{handshake.name}</span>;
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

function RowPin() {
  return (
    <span className="self-center text-accent" title="Pinned">
      <Pin size={12} strokeWidth={2} fill="currentColor" aria-hidden />
      <span className="sr-only">pinned</span>
    </span>
  );
}

function Waits({ names }: { names: string }) {
  return (
    <span className="self-center text-warn" title={`Waits for ${names}`}>
      <Hourglass size={11} strokeWidth={2} aria-hidden />
      <span className="sr-only">waits for {names}</span>
    </span>
  );
}

/** It is not as those before it were, or not as a document of the person's wants it. */
function ShapeWord({ seq }: { seq: number }) {
  const mark = useShapeMark(seq);
  if (!mark) return null;
  return <Mark word={mark.errors > 0 ? `${mark.errors} not as declared` : "differs"} />;
}

function Chip({ word }: { word: string }) {
  return <span className="shrink-0 rounded-sm bg-sunken px-1 text-2xs text-muted">{word}</span>;
}

function Mark({ word }: { word: string }) {
  return <span className="shrink-0 rounded-sm bg-warn-soft px-1 text-2xs text-warn">{word}</span>;
}
