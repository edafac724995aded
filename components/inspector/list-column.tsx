"use client";

import type { RefObject } from "react";
import { formatCount } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useOnline } from "#components/ui/use-online.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinState } from "./bin-session.ts";
import { countRequests } from "./feed.ts";
import { readLink } from "./link.ts";
import { RequestList } from "./request-list.tsx";

type ListColumnProps = {
  state: BinState;
  selected: RequestSummary | null;
  listRef: RefObject<HTMLDivElement | null>;
  onOpen: (request: RequestSummary) => void;
  onOlder: () => void;
};

export function ListColumn({ state, selected, listRef, onOpen, onOlder }: ListColumnProps) {
  const count = countRequests(state.feed);
  return (
    <>
      <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-4 text-xs text-muted max-md:px-3">
        <h2 className="font-medium">Requests</h2>
        <span className="ml-auto text-faint">{formatCount(count)}</span>
      </header>
      <CutNotice state={state} />
      {state.feed.items.length === 0 && state.feed.next === null ? (
        <StillLine next={state.feed.lastSeq + 1} />
      ) : (
        <RequestList
          feed={state.feed}
          selected={selected}
          older={state.older}
          listRef={listRef}
          onOpen={onOpen}
          onOlder={onOlder}
        />
      )}
    </>
  );
}

/** Where the next request will be. */
function StillLine({ next }: { next: number }) {
  return (
    <div className="mx-4 flex h-[46px] shrink-0 items-center gap-3 border-b border-dashed border-line-strong text-faint max-md:mx-3">
      <span className="w-12 shrink-0 text-xs">#{next}</span>
      {next === 1 ? "Waiting for the first request" : "Waiting for the next request"}
    </div>
  );
}

/** Long enough that a short cut, which heals by itself, is not worth a word. */
const QUIET_MS = 3_000;

/** Says that nothing is lost while nothing is shown. */
function CutNotice({ state }: { state: BinState }) {
  const now = useNow();
  const link = readLink(state.link, useOnline(), now);
  if (!("since" in link) || now - link.since < QUIET_MS) return null;
  const why = link.kind === "offline" ? "This machine is offline." : "The server does not answer.";
  return (
    <Notice tone="warn" className="m-2 shrink-0 text-xs">
      {why} This list may be behind; what arrived meanwhile is shown once the way is open again.
    </Notice>
  );
}
