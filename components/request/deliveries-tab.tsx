"use client";

import { useState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { RequestThread } from "#lib/contract/threads.ts";
import { DeliveryItem } from "./delivery-item.tsx";
import { formatSpan } from "./format-span.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { nextWords } from "./next-words.ts";
import { Reference } from "./reference.tsx";
import { RequestCompare } from "./request-compare.tsx";
import { useThread } from "./use-thread.ts";

type DeliveriesTabProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  /** Null where there is no list beside it. */
  onOpen: ((id: string) => void) | null;
};

/** The tries of the request's event: in order, what came of each, what differs, and what is next. */
export function DeliveriesTab({ api, binId, summary, onOpen }: DeliveriesTabProps) {
  const loaded = useThread(api, binId, summary);
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto px-4 py-4">
      <LoadState loaded={loaded} what="the deliveries">
        {(thread) => (
          <>
            <Head thread={thread} summary={summary} />
            <Findings thread={thread} summary={summary} onOpen={onOpen} />
            <Deliveries thread={thread} summary={summary} onOpen={onOpen} />
            {thread.attempts.length > 1 && (
              <RequestCompare
                key={summary.id}
                api={api}
                binId={binId}
                id={summary.id}
                attempts={thread.attempts}
              />
            )}
          </>
        )}
      </LoadState>
    </div>
  );
}

type PartProps = { thread: RequestThread; summary: RequestSummary };

/** What these are, and what is to be expected. */
function Head({ thread, summary }: PartProps) {
  const now = useNow();
  const sender = summary.provider?.name ?? "The sender";
  return (
    <div className="flex flex-col gap-1">
      <p className="text-muted">{whatWords(thread, sender)}</p>
      {thread.by !== "body" && summary.provider && (
        <p className="font-medium">{nextWords({ ...thread, sender }, now)}</p>
      )}
      {thread.timeoutMs !== null && (
        <p className="text-xs text-faint">
          {sender} waits {formatSpan(thread.timeoutMs / 1000)} for an answer
          {thread.docs && (
            <>
              {" ("}
              <a
                href={`https://${thread.docs}`}
                target="_blank"
                rel="noopener noreferrer"
                className="touch-target text-accent underline"
              >
                its documents
              </a>
              )
            </>
          )}
          .
        </p>
      )}
    </div>
  );
}

function whatWords({ by, count, attempts }: RequestThread, sender: string): string {
  if (by === null) return "Like no other: there is nothing by which a further try could be known.";
  const rest = count - attempts.length;
  const others = rest > 0 ? ` ${attempts.length} of them are shown.` : "";
  if (by === "body") {
    if (count === 1) return `No request came twice so far. ${sender} gives no ids to know one by.`;
    return `The very same request came ${count} times: method, target and body. It may be a further try, or sent again on purpose.${others}`;
  }
  return count === 1
    ? "One delivery of this event so far."
    : `${count} deliveries of this event so far.${others}`;
}

type LinkedProps = PartProps & Pick<DeliveriesTabProps, "onOpen">;

/** What should make one look twice. */
function Findings({ thread, summary, onOpen }: LinkedProps) {
  const { overtakenBy, attempts } = thread;
  const own = attempts.find(({ request }) => request.id === summary.id);
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {own?.isBodyOther && (
        <Notice tone="warn" className="text-xs">
          <b>The same id, another body</b> than the first one for this destination. Compare them
          below: a time or a counter may differ, anything else should not.
        </Notice>
      )}
      {overtakenBy && (
        <Notice tone="warn" className="text-xs">
          <b>Out of order.</b>{" "}
          <Reference id={overtakenBy.id} seq={overtakenBy.seq} onOpen={onOpen} />
          {overtakenBy.event && <span className="wire"> {overtakenBy.event}</span>} came before it,{" "}
          {overtakenBy.seconds === null
            ? "though its number is higher."
            : `though it happened ${formatSpan(overtakenBy.seconds)} later.`}
        </Notice>
      )}
      {own?.result === "late" && (
        <Notice tone="warn" className="text-xs">
          <b>Too late.</b> The answer took longer than the sender waits, so it counts as failed
          there.
        </Notice>
      )}
    </div>
  );
}

/** So many are there at once; a heartbeat has more. */
const SHOWN = 20;

function Deliveries({ thread, summary, onOpen }: LinkedProps) {
  const [isAll, setAll] = useState(false);
  const { attempts } = thread;
  const own = attempts.findIndex(({ request }) => request.id === summary.id);
  const from = isAll ? 0 : Math.max(0, Math.min(own - SHOWN / 2, attempts.length - SHOWN));
  const shown = isAll ? attempts : attempts.slice(from, from + SHOWN);
  const several = attempts.some(({ destination }) => destination > 1);
  return (
    <>
      <ol
        aria-label="Deliveries, in the order of arrival"
        className="flex flex-col divide-y divide-line rounded-md border border-line"
      >
        {shown.map((attempt) => (
          <DeliveryItem
            key={attempt.request.id}
            attempt={attempt}
            by={thread.by}
            isOwn={attempt.request.id === summary.id}
            showsDestination={several}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {shown.length < attempts.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="touch-target self-start cursor-pointer text-xs text-accent hover:underline"
        >
          Show all {attempts.length} that were read
        </button>
      )}
    </>
  );
}
