"use client";

import type { ReactNode, RefObject } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useOnline } from "#components/ui/use-online.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinState } from "./bin-state.ts";
import { FilterField } from "./filter-field.tsx";
import type { Flow } from "./flow.ts";
import { readLink } from "./link.ts";
import { ListTools } from "./list-tools.tsx";
import type { MarkedActions } from "./marked-bar.tsx";
import type { Reads } from "./reads.ts";
import { type Listed, RequestList } from "./request-list.tsx";
import type { useMarks } from "./use-marks.ts";
import type { Searching } from "./use-search.ts";

const MarkedBar = later(() => import("./marked-bar.tsx").then((module) => module.MarkedBar));

type ListColumnProps = {
  bin: Bin;
  api: ApiClient;
  state: BinState;
  listed: Listed;
  searching: Searching;
  flow: Flow;
  /** In the bin, those not listed included. */
  count: number;
  /** Came in since the pause. */
  held: number;
  reads: Reads;
  selected: RequestSummary | null;
  marks: ReturnType<typeof useMarks>;
  listRef: RefObject<HTMLDivElement | null>;
  filterRef: RefObject<HTMLInputElement | null>;
  onOpen: (request: RequestSummary) => void;
  /** Sends all that match again; null without a filter. */
  onResend: (() => void) | null;
  onFollow: () => void;
  onPause: () => void;
  markedActions: MarkedActions;
  onToList: () => void;
  relays: ReactNode;
  /** The saved filters. */
  filters: ReactNode;
};

export function ListColumn(props: ListColumnProps) {
  const { bin, api, state, listed, searching, flow, count, held, reads, selected, marks } = props;
  const isFiltered = searching.state.query.trim() !== "";
  const isEmpty = listed.items.length === 0 && !listed.hasMore;
  return (
    <>
      {(count > 0 || isFiltered) && (
        <FilterField
          bin={bin}
          api={api}
          lastSeq={state.feed.lastSeq}
          state={searching.state}
          fieldRef={props.filterRef}
          onChange={searching.search.setQuery}
          onLeave={props.onToList}
        />
      )}
      <ListTools
        count={count}
        lastSeq={state.feed.lastSeq}
        held={held}
        flow={flow}
        searching={searching}
        onFollow={props.onFollow}
        onPause={props.onPause}
        onResend={props.onResend}
        relays={props.relays}
        filters={props.filters}
      />
      <CutNotice state={state} />
      {isEmpty ? (
        <NothingListed {...props} isFiltered={isFiltered} />
      ) : (
        <RequestList
          listed={listed}
          selected={selected}
          reads={reads}
          marked={marks.seqs}
          listRef={props.listRef}
          onOpen={props.onOpen}
          onMark={marks.mark}
        />
      )}
      {marks.requests.length > 0 && (
        <MarkedBar requests={marks.requests} act={props.markedActions} />
      )}
    </>
  );
}

function NothingListed(props: ListColumnProps & { isFiltered: boolean }) {
  const { state, searching, held, isFiltered, onPause, onToList } = props;
  const { answer, problem } = searching.state;
  if (isFiltered && (!answer || problem)) return <div className="flex-1" />;
  if (isFiltered) {
    return (
      <EmptyState
        title="Nothing matches"
        actions={
          <Button
            onClick={() => {
              searching.search.setQuery("");
              onToList();
            }}
          >
            Show all requests
          </Button>
        }
      >
        Words are looked for in method, target, headers and the first 64 KiB of each body. What
        arrives is looked at too.
      </EmptyState>
    );
  }
  if (held > 0) {
    return (
      <EmptyState title="The list is paused" actions={<Button onClick={onPause}>Resume</Button>}>
        What it showed is gone; what came in since is held back.
      </EmptyState>
    );
  }
  return <StillLine next={state.feed.lastSeq + 1} />;
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
