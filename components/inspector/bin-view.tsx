"use client";

import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import { SavedFiltersButton } from "#components/filter/saved-filters-button.tsx";
import { ValueFilterProvider } from "#components/filter/value-filter-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { RelayButton } from "#components/relay/relay-button.tsx";
import { FilterWords } from "#components/request/filter-words.ts";
import { Preparing } from "#components/body/preparing.tsx";
import { fetchTheRest, later } from "#components/ui/later.tsx";
import { useIdle } from "#components/ui/use-idle.ts";
import { Notice } from "#components/ui/notice.tsx";
import { UndoToast } from "#components/ui/undo-toast.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { Arrivals } from "./arrivals.tsx";
import { BinHeader } from "./bin-header.tsx";
import type { BinSession } from "./bin-session.ts";
import type { BinState } from "./bin-state.ts";
import { ListColumn } from "./list-column.tsx";
import { PaneColumn } from "./pane-column.tsx";
import { useAlerts } from "./use-alerts.ts";
import { useBinPage } from "./use-bin-page.ts";
import { CompareContext } from "./use-comparing.ts";
import { useSwipeBack } from "./use-swipe-back.ts";

const ShapeMarksKeeper = later(() =>
  import("#components/shapes/shape-marks-keeper.tsx").then((module) => module.ShapeMarksKeeper),
);

const ComparePane = later(
  () => import("#components/compare/compare-pane.tsx").then((module) => module.ComparePane),
  <Preparing label="Loading the comparison" />,
);

const KeepPopups = later(() =>
  import("#components/keep/keep-popups.tsx").then((module) => module.KeepPopups),
);

type BinViewProps = { bin: Bin; state: BinState; session: BinSession; api: ApiClient };

/** List and request side by side; on a phone the request lies over the list. */
export function BinView({ bin, state, session, api }: BinViewProps) {
  const page = useBinPage(bin, state, session, api);
  const { refs, isEmpty, isWide, isCovering, removals, keep } = page;
  const { pair } = page.comparing;
  const { query } = page.list.searching.state;
  const swipe = useSwipeBack(isCovering ? page.leave : null);
  useAlerts(bin, state.feed);
  useEffect(fetchTheRest, []);
  const isIdle = useIdle();
  const relays = (
    <RelayButton
      bin={bin}
      api={api}
      open={page.header.popup === "relays"}
      onOpenChange={(isOpen) => page.header.show(isOpen ? "relays" : null)}
    />
  );
  return (
    <div
      {...swipe}
      className={clsx("flex h-dvh flex-col overflow-hidden", isCovering && "touch-pan-y")}
    >
      <BinHeader
        bin={bin}
        covered={isCovering}
        facts={state.link}
        showUrl={!isEmpty}
        api={api}
        relays={isWide && relays}
        query={query}
        dropped={page.header.dropped}
        popup={page.header.popup}
        onPopup={page.header.show}
        onChanged={session.setBin}
        onClear={page.clear}
        onLeave={session.leave}
        onOpen={page.openById}
      />
      <Arrivals newest={state.feed.items[0]} />
      {isIdle && <ShapeMarksKeeper binId={bin.id} api={api} items={page.list.listed.items} />}
      <ValueFilterProvider query={query} onQuery={page.filterBy}>
        <FilterWords value={page.words}>
          <CompareContext value={page.compare}>
            <main className="flex min-h-0 flex-1 max-md:flex-col">
              <section
                aria-label="Requests"
                inert={isCovering}
                className={clsx(
                  "flex shrink-0 flex-col border-r border-line bg-surface md:w-[25rem]",
                  "max-md:border-r-0",
                  !isEmpty && "max-md:min-h-0 max-md:flex-1",
                )}
              >
                {(removals.failure ?? keep.failure) && (
                  <Notice tone="bad" className="m-2 shrink-0 text-xs">
                    {removals.failure ? `Not deleted. ${removals.failure}` : keep.failure}
                  </Notice>
                )}
                <ListColumn
                  bin={bin}
                  api={api}
                  filters={
                    <SavedFiltersButton
                      bin={bin}
                      api={api}
                      query={query}
                      isReadable={page.list.searching.state.problem?.code !== "invalid_query"}
                      onQuery={page.filterBy}
                    />
                  }
                  state={state}
                  {...page.list}
                  listRef={refs.list}
                  filterRef={refs.filter}
                  onToList={page.toList}
                  relays={!isWide && relays}
                />
              </section>
              <section
                ref={refs.pane}
                tabIndex={-1}
                aria-label={pair ? "Comparison" : "Selected request"}
                className={clsx(
                  "flex min-h-0 min-w-0 flex-1 flex-col focus-visible:outline-none",
                  isCovering && "fixed inset-0 z-20 animate-slide-in bg-surface",
                  !isWide && !isCovering && !isEmpty && "max-md:hidden",
                )}
              >
                {isCovering && (
                  <div className="flex h-12 shrink-0 items-center border-b border-line px-1">
                    <Button variant="quiet" onClick={page.leave}>
                      <ArrowLeft size={16} aria-hidden />
                      Requests
                    </Button>
                  </div>
                )}
                <div className="min-h-0 flex-1">
                  {pair ? (
                    <ComparePane
                      key={`${pair.before} ${pair.after}`}
                      api={api}
                      binId={bin.id}
                      {...pair}
                      onSwap={page.comparing.swap}
                      onClose={page.leave}
                      onOpen={page.openById}
                    />
                  ) : (
                    <PaneColumn
                      bin={bin}
                      empty={isEmpty}
                      selected={page.selected}
                      watchForwards={session.watchForwards}
                      api={api}
                      onOpen={page.openById}
                      onSample={() => page.header.show("sample")}
                      keep={keep}
                      onDelete={page.remove}
                      onClose={page.leave}
                    />
                  )}
                </div>
              </section>
            </main>
          </CompareContext>
        </FilterWords>
      </ValueFilterProvider>
      {!isEmpty && <PhoneUrl url={bin.url} covered={isCovering} />}
      {keep.popup && (
        <KeepPopups
          bin={bin}
          api={api}
          popup={keep.popup}
          onClear={page.clearNow}
          onClose={keep.close}
        />
      )}
      {removals.removing && (
        <UndoToast
          key={removals.removing.words}
          words={removals.removing.words}
          onUndo={page.undo}
          onSettled={page.settle}
        />
      )}
    </div>
  );
}

/** On a phone the URL stays within the thumb's reach. */
function PhoneUrl({ url, covered }: { url: string; covered: boolean }) {
  return (
    <footer
      inert={covered}
      className="flex items-center gap-2 border-t border-line bg-surface p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:hidden"
    >
      <code className="wire min-w-0 flex-1 truncate pl-1 select-all">{url}</code>
      <CopyButton text={url} label="Copy URL" size="md" variant="primary" />
    </footer>
  );
}
