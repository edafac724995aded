"use client";

import { clsx } from "clsx";
import { ArrowLeft, EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { LinkBadge } from "#components/inspector/link-badge.tsx";
import { type Listed, RequestList } from "#components/inspector/request-list.tsx";
import { useSearch } from "#components/inspector/use-search.ts";
import { useSelectedRequest } from "#components/inspector/use-selected-request.ts";
import { useSelection } from "#components/inspector/use-selection.ts";
import { FilterWords, noWords } from "#components/request/filter-words.ts";
import { RequestPane, type RequestTab } from "#components/request/request-pane.tsx";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { SharedView as View } from "#lib/contract/shares.ts";
import { SharedFilter } from "./shared-filter.tsx";
import type { ShareSession, ShareState } from "./share-session.ts";
import { useSharedKeys } from "./use-shared-keys.ts";

type SharedViewProps = { view: View; state: ShareState; session: ShareSession; api: ApiClient };

/** What was shared, as a bin's page shows it: to be looked at only. */
export function SharedView({ view, state, session, api }: SharedViewProps) {
  const { feed } = state;
  const isWide = useMedia(WIDE);
  const { id, select, close } = useSelection();
  const searching = useSearch(view.id, api, feed, watchNothing);
  const isFiltered = searching.state.query.trim() !== "";
  // Until the first answer is there the list stays.
  const isFound = isFiltered && searching.state.answer !== null;
  const items = isFound ? searching.items : feed.items;
  const newest = items[0];
  const shownId =
    id ?? (view.of === "request" ? view.requestId : isWide ? (newest?.id ?? null) : null);
  const selected = useSelectedRequest(feed, items, shownId, view.id, api);
  const summary = selected.kind === "shown" ? selected.summary : null;
  const [tab, setTab] = useState<RequestTab>("Body");
  const listRef = useRef<HTMLDivElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const paneRef = useRef<HTMLElement>(null);
  const isAlone = view.of === "request";
  const isCovering = !isWide && id !== null && !isAlone;

  const open = ({ id: next }: RequestSummary) => select(next);
  useSharedKeys({
    items,
    summary,
    open,
    list: listRef,
    filter: filterRef,
    leave: id ? close : null,
  });
  useEffect(() => {
    if (isCovering) paneRef.current?.focus();
  }, [isCovering]);

  const listed: Listed = {
    items,
    hasMore: (isFound ? searching.state.found.next : feed.next) !== null,
    older: isFound ? searching.state.older : state.older,
    onOlder: () => void (isFound ? searching.search.loadOlder() : session.loadOlder()),
  };

  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <SharedHeader view={view} state={state} covered={isCovering} />
      <FilterWords value={isFiltered ? searching.words : noWords}>
        <main className="flex min-h-0 flex-1 max-md:flex-col">
          {!isAlone && (
            <section
              aria-label="Requests"
              inert={isCovering}
              className="flex shrink-0 flex-col border-r border-line bg-surface max-md:min-h-0 max-md:flex-1 max-md:border-r-0 md:w-[25rem]"
            >
              <SharedFilter
                state={searching.state}
                fieldRef={filterRef}
                onChange={searching.search.setQuery}
                onLeave={() => listRef.current?.focus()}
              />
              {items.length === 0 && !listed.hasMore ? (
                <EmptyState title={isFiltered ? "Nothing matches" : "Nothing is here yet"}>
                  {isFiltered
                    ? "Words are looked for in what is shown: what is hidden can’t be found."
                    : "What arrives shows up here by itself."}
                </EmptyState>
              ) : (
                <RequestList
                  listed={listed}
                  selected={summary}
                  reads={allRead}
                  marked={noneMarked}
                  listRef={listRef}
                  onOpen={open}
                  onMark={open}
                />
              )}
            </section>
          )}
          <section
            ref={paneRef}
            tabIndex={-1}
            aria-label="Selected request"
            className={clsx(
              "flex min-h-0 min-w-0 flex-1 flex-col focus-visible:outline-none",
              isCovering && "fixed inset-0 z-20 animate-slide-in bg-surface",
              !isWide && !isCovering && !isAlone && "max-md:hidden",
            )}
          >
            {isCovering && (
              <div className="flex h-12 shrink-0 items-center border-b border-line px-1">
                <Button variant="quiet" onClick={close}>
                  <ArrowLeft size={16} aria-hidden />
                  Requests
                </Button>
              </div>
            )}
            <div className="min-h-0 flex-1">
              {summary ? (
                <RequestPane
                  key={summary.id}
                  bin={binOf(view)}
                  summary={summary}
                  api={api}
                  tab={tab}
                  onTab={setTab}
                  onDelete={nothing}
                />
              ) : (
                <Nothing isMissing={selected.kind === "missing"} />
              )}
            </div>
          </section>
        </main>
      </FilterWords>
    </div>
  );
}

function Nothing({ isMissing }: { isMissing: boolean }) {
  return (
    <div className="flex h-full items-center">
      <EmptyState title={isMissing ? "This request is not here" : "No request is selected"}>
        {isMissing
          ? "It was removed by whoever holds it, or is no part of what was shared."
          : "Choose one in the list, or press j for the newest."}
      </EmptyState>
    </div>
  );
}

const what: Record<View["of"], string> = {
  bin: "shared with you, to look at",
  filter: "a part of it shared with you, to look at",
  request: "one request shared with you, to look at",
};

type SharedHeaderProps = { view: View; state: ShareState; covered: boolean };

function SharedHeader({ view, state, covered }: SharedHeaderProps) {
  const isWide = useMedia(WIDE);
  return (
    <header
      inert={covered}
      className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface pr-3 pl-4 max-md:gap-1 max-md:pl-0"
    >
      <Wordmark compact leaves />
      <span aria-hidden className="h-5 w-px bg-line max-md:hidden" />
      <div className="min-w-0 leading-tight">
        <h1 className="truncate font-medium">
          <bdi>{plainName(view.label || (view.name ?? "Unnamed bin"))}</bdi>
        </h1>
        <p className="truncate text-xs text-muted">
          {view.label && view.name !== null && `${plainName(view.name)}, `}
          {what[view.of]}
          {view.expiresAt !== null && (
            <>
              , ends <Time at={view.expiresAt} />
            </>
          )}
        </p>
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-2">
        {isHiding(view) && (
          <span
            className="flex items-center gap-1.5 text-xs text-muted max-md:hidden"
            title="Whoever shared this has some of it hidden. It is marked where it stood."
          >
            <EyeOff size={14} strokeWidth={1.75} aria-hidden />
            partly hidden
          </span>
        )}
        {view.url !== null && isWide && <CopyButton text={view.url} label="Copy the capture URL" />}
        {view.of !== "request" && <LinkBadge facts={state.link} />}
      </div>
    </header>
  );
}

const isHiding = ({ hide }: View) =>
  hide.cards || hide.tokens || hide.emails || hide.headers.length > 0 || hide.paths.length > 0;

/** What the views of a request ask of a bin. */
const binOf = (view: View): Bin => ({
  id: view.id,
  name: view.name,
  url: view.url ?? "",
  dashboardUrl: "",
  createdAt: view.createdAt,
  expiresAt: view.expiresAt,
  requestCount: 0,
  oldestSeq: null,
  pinnedCount: 0,
  lastSeq: view.lastSeq,
  revision: view.revision,
  response: {
    status: 200,
    headers: [],
    body: "",
    delayMs: 0,
    strippedHeaders: [],
  },
  listenerWaitMs: 0,
  handshakes: true,
  enforce: false,
  confirmSns: false,
});

const nothing = () => undefined;
const watchNothing = () => nothing;
const allRead = { through: Number.MAX_SAFE_INTEGER, above: [] };
const noneMarked: ReadonlySet<number> = new Set();
