import { forwardIdOf } from "../relay/forward-id.ts";
import { needsOf } from "../search/needs.ts";
import { parseQuery } from "../search/parse.ts";
import { compile } from "../search/predicate.ts";
import type { Choose, Dispatched, ListedRequest } from "../store/dispatch.ts";

/**
 * Which of the requests a destination gets: those that match its query, but none that was read from a file, since that
 * was not sent now. A resend takes that too.
 */
export const choose: Choose = async ({ id, q, isResend }, listed, subjects) => {
  const sent = listed.filter(({ isImported }) => isResend || !isImported);
  const dispatched = (request: ListedRequest): Dispatched => ({
    ...request,
    forwardId: forwardIdOf(id, request.id),
  });
  if (q === "") return sent.map(dispatched);
  const parsed = parseQuery(q);
  // It was read when it was set; a newer version may know it no more.
  if (!parsed.ok) return [];
  const matches = compile(parsed.query);
  const seqs = new Set<number>();
  for await (const subject of subjects(needsOf(parsed.query))) {
    if (matches(subject)) seqs.add(subject.request.seq);
  }
  return sent.filter(({ seq }) => seqs.has(seq)).map(dispatched);
};
