"use client";

import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { Arrivals } from "./arrivals.tsx";
import { BinHeader } from "./bin-header.tsx";
import type { BinSession, BinState } from "./bin-session.ts";
import { countRequests } from "./feed.ts";
import { ListColumn } from "./list-column.tsx";
import { PaneColumn } from "./pane-column.tsx";
import { useListKeys } from "./use-list-keys.ts";
import { useSelectedRequest } from "./use-selected-request.ts";
import { useSelection } from "./use-selection.ts";

type BinViewProps = { bin: Bin; state: BinState; session: BinSession; api: ApiClient };

/** List and request side by side; on a phone the request lies over the list. */
export function BinView({ bin, state, session, api }: BinViewProps) {
  const { feed, link, forward } = state;
  const { id, select, close } = useSelection();
  const selected = useSelectedRequest(feed, id, bin.id, api);
  const wide = useMedia(WIDE);
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);
  const closed = useRef(false);
  const newest = feed.items[0];
  const summary = selected.kind === "shown" ? selected.summary : null;
  const empty = !newest && feed.next === null;
  const covering = !wide && id !== null;

  const leave = useCallback(() => {
    closed.current = true;
    close();
    list.current?.focus();
  }, [close]);

  const open = useCallback((request: RequestSummary) => select(request.id), [select]);

  function move(rows: number) {
    const at = summary ? feed.items.findIndex((item) => item.seq <= summary.seq) : -1;
    const to = Math.min(Math.max(at + rows, 0), feed.items.length - 1);
    const next = feed.items[to];
    if (next) select(next.id);
  }

  useListKeys(() => list.current, {
    move,
    toStart: () => move(-feed.items.length),
    toEnd: () => move(feed.items.length),
    enter: () => pane.current?.focus(),
    escape: () => id && leave(),
  });

  // Beside the list there is room for one: the newest, until a person chooses or closes.
  useEffect(() => {
    if (wide && !id && newest && !closed.current) select(newest.id, "quietly");
  }, [wide, id, newest, select]);

  // With the last request its pane goes too, for the way to the next one.
  useEffect(() => {
    if (empty && selected.kind === "missing") close();
  }, [empty, selected.kind, close]);

  useEffect(() => {
    if (covering) pane.current?.focus();
  }, [covering]);

  useEffect(() => {
    document.title = `${bin.name ?? "Unnamed bin"} · Hooklens`;
  }, [bin.name]);

  function dropDeleted(request: RequestSummary) {
    const at = feed.items.findIndex((item) => item.seq === request.seq);
    const next = feed.items[at + 1] ?? feed.items[at - 1];
    session.drop(request.seq);
    if (wide && next) {
      select(next.id);
      list.current?.focus();
    } else leave();
  }

  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <BinHeader
        bin={bin}
        count={countRequests(feed)}
        facts={link}
        showUrl={!empty}
        api={api}
        onChanged={session.setBin}
      />
      <Arrivals newest={newest} />
      <main className="flex min-h-0 flex-1 max-md:flex-col">
        <section
          aria-label="Requests"
          inert={covering}
          className={clsx(
            "flex shrink-0 flex-col border-r border-line bg-surface md:w-[25rem]",
            "max-md:border-r-0",
            !empty && "max-md:min-h-0 max-md:flex-1",
          )}
        >
          <ListColumn
            state={state}
            selected={summary}
            listRef={list}
            onOpen={open}
            onOlder={session.loadOlder}
          />
        </section>
        <section
          ref={pane}
          tabIndex={-1}
          aria-label="Selected request"
          className={clsx(
            "flex min-h-0 min-w-0 flex-1 flex-col focus-visible:outline-none",
            covering && "fixed inset-0 z-20 animate-slide-in bg-surface",
            !wide && !covering && !empty && "max-md:hidden",
          )}
        >
          {covering && (
            <div className="flex h-12 shrink-0 items-center border-b border-line px-1">
              <Button variant="quiet" onClick={leave}>
                <ArrowLeft size={16} aria-hidden />
                Requests
              </Button>
            </div>
          )}
          <div className="min-h-0 flex-1">
            <PaneColumn
              bin={bin}
              empty={empty}
              selected={selected}
              forward={forward}
              api={api}
              onDeleted={dropDeleted}
              onClose={leave}
            />
          </div>
        </section>
      </main>
      {!empty && <PhoneUrl url={bin.url} />}
    </div>
  );
}

/** On a phone the URL stays within the thumb's reach. */
function PhoneUrl({ url }: { url: string }) {
  return (
    <footer className="flex items-center gap-2 border-t border-line bg-surface p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:hidden">
      <code className="wire min-w-0 flex-1 truncate pl-1 select-all">{url}</code>
      <CopyButton text={url} label="Copy URL" size="md" variant="primary" />
    </footer>
  );
}
