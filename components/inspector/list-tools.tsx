"use client";

import { ArrowUpToLine, Pause, Play, Repeat } from "lucide-react";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Flow } from "./flow.ts";
import type { Searching } from "./use-search.ts";

type ListToolsProps = {
  count: number;
  lastSeq: number;
  /** Came in since the pause. */
  held: number;
  flow: Flow;
  searching: Searching;
  onFollow: () => void;
  onPause: () => void;
  /** Null without a filter. */
  onResend: (() => void) | null;
  /** The listeners, where the header has no room for them. */
  relays: ReactNode;
  filters: ReactNode;
};

/** How many there are, and how the list goes with what comes in. */
export function ListTools(props: ListToolsProps) {
  const { count, lastSeq, held, flow, searching, onFollow, onPause, relays, filters } = props;
  const isPaused = flow.pausedAt !== null;
  return (
    <header className="flex h-9 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4 text-xs text-muted max-md:h-11 max-md:pl-3">
      {/* A phone has no room for it beside what the pause says. */}
      <h2 className={clsx("mr-1 font-medium", isPaused && "max-sm:sr-only")}>Requests</h2>
      <span role="status" className="min-w-0 flex-1 truncate text-faint">
        {searching.state.query.trim() === "" ? (
          <span>{formatCount(count)}</span>
        ) : (
          findings(searching, count, lastSeq)
        )}
      </span>
      {props.onResend && (
        <IconButton
          icon={Repeat}
          label="Resend all that match"
          className={clsx("size-7", isPaused && "max-md:hidden")}
          onClick={props.onResend}
        />
      )}
      {relays}
      {filters}
      {isPaused && (
        <Button size="sm" variant="quiet" className="text-warn" onClick={onPause}>
          {held > 0 ? `${formatCount(held)} new, paused` : "Paused"}
        </Button>
      )}
      <IconButton
        icon={isPaused ? Play : Pause}
        label={isPaused ? "Resume" : "Pause"}
        aria-pressed={isPaused}
        className={clsx("size-7", isPaused && "text-warn")}
        onClick={onPause}
      />
      <IconButton
        icon={ArrowUpToLine}
        label="Follow the newest"
        aria-pressed={flow.isFollowing}
        className={clsx("size-7", flow.isFollowing && "bg-accent-soft text-accent")}
        onClick={onFollow}
      />
    </header>
  );
}

/** `12 of 2,481`; with `3 new, 1 matches` once something came in under the filter. */
function findings({ state, items }: Searching, count: number, lastSeq: number): string {
  const { answer, found, problem } = state;
  if (problem) return problem.code === "invalid_query" ? "" : "The server does not answer";
  if (!answer) return "Looking";
  const of = `${formatCount(items.length)}${found.next ? "+" : ""} of ${formatCount(count)}`;
  if (found.searchedTo) return `${of}, back to #${formatCount(found.searchedTo)}`;
  const newCount = lastSeq - answer.sinceSeq;
  if (newCount <= 0) return of;
  const matching = items.filter(({ seq }) => seq > answer.sinceSeq).length;
  const isBehind = answer.checkedSeq < lastSeq;
  return `${of} · ${formatCount(newCount)} new, ${isBehind ? "looking" : `${formatCount(matching)} match`}`;
}
