"use client";

import { clsx } from "clsx";
import { FileCheck2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { ShapeEvent, ShapeSource } from "#lib/contract/shapes.ts";
import { createShapesClient, readSource, sourceParameters } from "#lib/contract/shapes-client.ts";
import { Documents } from "./documents.tsx";
import { EventShape } from "./event-shape.tsx";

type ShapesViewProps = { binId: string; api: ApiClient };

const DOCUMENTS = "documents";

/** What there is in the bin, and the shape of one of it; or the person's own documents. */
export function ShapesView({ binId, api }: ShapesViewProps) {
  const client = useMemo(() => createShapesClient(api, binId), [api, binId]);
  const load = useCallback((signal: AbortSignal) => client.events(signal), [client]);
  const loaded = useLoad(load);
  const [chosen, choose] = useChoice();
  return (
    <LoadState loaded={loaded} what="the events">
      {({ items }) => {
        const first = items[0]?.source ?? null;
        const source = chosen === DOCUMENTS ? null : (chosen ?? first);
        return (
          <main className="flex min-h-0 flex-1 max-md:flex-col">
            <nav
              aria-label="Events"
              className="w-[20rem] shrink-0 overflow-y-auto border-r border-line bg-surface max-md:max-h-64 max-md:w-full max-md:border-r-0 max-md:border-b"
            >
              <ul className="py-1">
                <li>
                  <Item isCurrent={chosen === DOCUMENTS} onClick={() => choose(DOCUMENTS)}>
                    <FileCheck2 size={15} aria-hidden className="shrink-0 text-muted" />
                    Your documents
                  </Item>
                </li>
                {items.map((event) => (
                  <li key={keyOf(event.source)}>
                    <Item
                      isCurrent={source !== null && keyOf(source) === keyOf(event.source)}
                      onClick={() => choose(event.source)}
                    >
                      <EventName event={event} />
                    </Item>
                  </li>
                ))}
              </ul>
            </nav>
            <section aria-label="Shape" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
              {chosen === DOCUMENTS ? (
                <Documents client={client} events={items} />
              ) : source ? (
                <EventShape key={keyOf(source)} binId={binId} client={client} source={source} />
              ) : (
                <EmptyState title="Nothing has a shape yet">
                  Requests with JSON or a form do. Once one has come, its fields and types are here.
                </EmptyState>
              )}
            </section>
          </main>
        );
      }}
    </LoadState>
  );
}

const keyOf = (source: ShapeSource) => sourceParameters(source).toString();

function EventName({ event }: { event: ShapeEvent }) {
  return (
    <>
      <span className="min-w-0 flex-1 truncate" title={event.title}>
        {event.title}
      </span>
      <span className="shrink-0 text-xs text-faint">{formatCount(event.requests)}</span>
    </>
  );
}

type ItemProps = { isCurrent: boolean; onClick: () => void; children: React.ReactNode };

function Item({ isCurrent, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent || undefined}
      onClick={onClick}
      className={clsx(
        "touch-target flex min-h-8 w-full cursor-pointer items-center gap-2 px-4 text-left focus-visible:-outline-offset-2",
        isCurrent ? "bg-accent-soft shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
      )}
    >
      {children}
    </button>
  );
}

type Choice = ShapeSource | typeof DOCUMENTS | null;

/** Kept in the address, so that it can be sent to somebody. */
function useChoice(): [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState<Choice>(() => readChoice(location.search));
  return [
    choice,
    (next) => {
      setChoice(next);
      const query = next === DOCUMENTS || next === null ? DOCUMENTS : keyOf(next);
      history.replaceState(null, "", `?${query}`);
    },
  ];
}

function readChoice(search: string): Choice {
  const parameters = new URLSearchParams(search);
  return parameters.has(DOCUMENTS) ? DOCUMENTS : readSource(parameters);
}
