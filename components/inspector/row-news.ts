import type { AnsweredEvent } from "#lib/contract/events.ts";
import type { Answered, RequestResponse, RequestSummary } from "#lib/contract/requests.ts";

/** What became of an answer; `response` when it was another one than the request was stored with. */
export type Outcome = { answered: Answered; response?: RequestResponse };

type Rows = readonly RequestSummary[];

const outcomeOf = ({ answered, response }: AnsweredEvent): Outcome => ({
  answered,
  ...(response && { response }),
});

/** A row with what is known of its answer: by itself, else by the same row as it was read elsewhere, else by news of it. */
export function withOutcome(
  known: RequestSummary,
  { answered, response }: RequestSummary,
  early: Outcome | undefined,
): RequestSummary {
  if (known.answered) return known;
  if (answered) return { ...known, answered, response };
  return early ? { ...known, ...early } : known;
}

/** What the table says now: a change is not told to who was away. What became of an answer may be known better here. */
export function refreshed(known: RequestSummary, read: RequestSummary): RequestSummary {
  const thread =
    read.thread && known.thread && known.thread.id === read.thread.id
      ? { ...read.thread, count: Math.max(read.thread.count, known.thread.count) }
      : read.thread;
  return withOutcome({ ...read, thread }, known, undefined);
}

/** Rows as they were told to be now. What is known of an answer stays where a change was read before it. */
export function withChanges(items: Rows, changes: Rows): Rows {
  const bySeq = new Map(changes.map((change) => [change.seq, change]));
  return items.map((item) => {
    const change = bySeq.get(item.seq);
    return change ? withOutcome(change, item, undefined) : item;
  });
}

/** Rows, newest first, with their answers; `left` are those whose row is not there. */
export function withAnswers(
  items: Rows,
  events: readonly AnsweredEvent[],
): { items: Rows; left: ReadonlyMap<number, Outcome> } {
  const left = new Map<number, Outcome>(events.map((event) => [event.seq, outcomeOf(event)]));
  const answered = [...items];
  // They are about the newest ones: the search ends where none is left, not at the list's end.
  for (let at = 0; at < answered.length && left.size > 0; at += 1) {
    const item = answered[at];
    const outcome = item && left.get(item.seq);
    if (!item || !outcome) continue;
    left.delete(item.seq);
    answered[at] = { ...item, ...outcome };
  }
  return { items: answered, left };
}

/** Beyond it a heartbeat would make all rows of the list anew with each push. */
const RECOUNTED_MAX = 50;

/** One more try of an event is news for those before it. */
export function withTries(items: Rows, incoming: Rows): Rows {
  const counts = new Map<string, number>();
  for (const { thread } of incoming) {
    const isAgain = thread && thread.count > 1 && thread.count <= RECOUNTED_MAX;
    if (isAgain) counts.set(thread.id, thread.count);
  }
  if (counts.size === 0) return items;
  return items.map((item) => {
    const count = (item.thread && counts.get(item.thread.id)) ?? 0;
    return item.thread && count > item.thread.count
      ? { ...item, thread: { ...item.thread, count } }
      : item;
  });
}
