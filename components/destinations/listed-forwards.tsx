"use client";

import Link from "next/link";
import { type ReactNode, useCallback, useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { Page } from "#lib/contract/bins.ts";
import type { ListedForward } from "#lib/contract/forwards.ts";
import { deadWords, time } from "./words.ts";

type ListedForwardsProps = {
  binId: string;
  /** Nothing is tried before that: the circuit breaker is open. */
  pausedUntil: string | null;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<ListedForward>>;
  cursor?: string;
  /** What can be done about one. */
  children: (forward: ListedForward) => ReactNode;
};

/** A page of forwards that did not arrive, and why; and the next page when it is asked for. */
export function ListedForwards({ cursor, ...props }: ListedForwardsProps) {
  const { binId, load, pausedUntil, children } = props;
  const loaded = useLoad(
    useCallback((signal: AbortSignal) => load(cursor, signal), [load, cursor]),
  );
  const [isMore, setMore] = useState(false);
  return (
    <LoadState loaded={loaded} what="them">
      {({ items, next }) => (
        <>
          <ul className="flex flex-col divide-y divide-line rounded-md border border-line empty:hidden">
            {items.map((forward) => (
              <li
                key={forward.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-xs"
              >
                <Request binId={binId} forward={forward} />
                <Why forward={forward} pausedUntil={pausedUntil} />
                {children(forward)}
              </li>
            ))}
          </ul>
          {next !== null && !isMore && (
            <Button size="sm" className="self-start" onClick={() => setMore(true)}>
              Show older ones
            </Button>
          )}
          {next !== null && isMore && <ListedForwards {...props} cursor={next} />}
        </>
      )}
    </LoadState>
  );
}

function Request({ binId, forward }: { binId: string; forward: ListedForward }) {
  const { seq, method, target } = forward.request;
  return (
    <Link
      href={`/b/${binId}?request=${forward.requestId}`}
      className="touch-target max-w-full min-w-0 truncate text-accent hover:underline sm:max-w-2/5 pointer-coarse:leading-11"
    >
      #{seq} <WireText text={`${method} ${target}`} />
    </Link>
  );
}

type WhyProps = { forward: ListedForward; pausedUntil: string | null };

function Why({ forward: { attempts, deadReason, nextAttemptAt }, pausedUntil }: WhyProps) {
  const last = attempts.at(-1);
  const isPaused = pausedUntil !== null && nextAttemptAt !== null && pausedUntil > nextAttemptAt;
  return (
    <span className="flex min-w-0 flex-1 basis-52 flex-wrap items-center gap-x-2 gap-y-1">
      {last && <Badge tone="bad">✕ {last.error ? last.error.code : last.status}</Badge>}
      <span className="min-w-0 wrap-anywhere text-muted">
        {attempts.length} {attempts.length === 1 ? "attempt" : "attempts"}
        {last && (
          <>
            , the last <RowTime at={last.startedAt} ago />
          </>
        )}
        {deadReason && `: ${deadWords[deadReason]}`}
        {!deadReason && isPaused && ", the next when the target is back"}
        {!deadReason && !isPaused && nextAttemptAt && (
          <>
            , the next <RowTime at={nextAttemptAt} />, {time(nextAttemptAt)}
          </>
        )}
      </span>
    </span>
  );
}
