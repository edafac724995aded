"use client";

import Link from "next/link";
import { type ReactNode, useCallback, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { LoadState } from "#components/request/load-state.tsx";
import { messageOf, useLoad } from "#components/request/use-load.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount, formatExact } from "#components/ui/format.ts";
import { RowTime } from "#components/ui/time.tsx";
import type { Destination, Replay } from "#lib/contract/destinations.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { DestinationsState } from "./use-destinations.ts";
import { deadWords } from "./words.ts";

type TroubledForwardsProps = {
  state: "dead" | "failed";
  count: number;
  binId: string;
  destination: Destination;
  destinations: DestinationsState;
  /** This list goes away with the last of them: what came of it is said elsewhere. */
  onTold: (told: Told) => void;
};

export type Told = { tone: "info" | "bad"; words: string };

const words = {
  dead: {
    title: "not delivered, and not tried any more",
    all: "Send all again",
    one: "Send again",
  },
  failed: { title: "waiting for the next try", all: "Try all now", one: "Try now" },
};

/** What did not arrive: why, and sending it again, one by one or all. */
export function TroubledForwards({
  state,
  count,
  binId,
  destination,
  destinations,
  onTold,
}: TroubledForwardsProps) {
  const [turn, setTurn] = useState(0);
  const { forwards } = destinations;
  const load = useCallback(
    async (signal: AbortSignal) => (await forwards(destination.id, state, signal)).items,
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- read when it is opened, and after each replay
    [destination.id, state, turn],
  );

  async function replay(asked: Replay) {
    try {
      const replayed = await destinations.replay(destination.id, { state, ...asked });
      onTold({ tone: "info", words: `${formatCount(replayed)} on the way again.` });
    } catch (error) {
      onTold({ tone: "bad", words: messageOf(error) });
    }
    setTurn((now) => now + 1);
  }

  return (
    <Disclosure summary={`${formatCount(count)} ${words[state].title}`}>
      <div className="flex flex-col gap-2 pt-2">
        <Button size="sm" className="self-start" onClick={() => void replay({})}>
          {words[state].all}
        </Button>
        <Listed load={load} binId={binId}>
          {(forward) => (
            <Button size="sm" variant="quiet" onClick={() => void replay({ ids: [forward.id] })}>
              {words[state].one}
            </Button>
          )}
        </Listed>
      </div>
    </Disclosure>
  );
}

type ListedProps = {
  load: (signal: AbortSignal) => Promise<Forward[]>;
  binId: string;
  children: (forward: Forward) => ReactNode;
};

function Listed({ load, binId, children }: ListedProps) {
  const loaded = useLoad(load);
  return (
    <LoadState loaded={loaded} what="them">
      {(items) => (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {items.map((forward) => (
            <li
              key={forward.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-xs"
            >
              <Link
                href={`/b/${binId}?request=${forward.requestId}`}
                className="text-accent hover:underline"
              >
                Request
              </Link>
              <Why forward={forward} />
              {children(forward)}
            </li>
          ))}
        </ul>
      )}
    </LoadState>
  );
}

function Why({ forward: { attempts, deadReason, nextAttemptAt } }: { forward: Forward }) {
  const last = attempts.at(-1);
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
      {last && <Badge tone="bad">✕ {last.error ? last.error.code : last.status}</Badge>}
      <span className="min-w-0 wrap-anywhere text-muted">
        {attempts.length} {attempts.length === 1 ? "attempt" : "attempts"}
        {last && (
          <>
            , the last <RowTime at={last.startedAt} ago />
          </>
        )}
        {deadReason && `: ${deadWords[deadReason]}`}
        {!deadReason && nextAttemptAt && (
          <>
            , the next at{" "}
            <time dateTime={nextAttemptAt}>{formatExact(nextAttemptAt).slice(11, 19)}</time>
          </>
        )}
      </span>
    </span>
  );
}
