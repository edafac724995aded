import { formatCount } from "#components/ui/format.ts";
import { ApiError } from "#lib/contract/calls.ts";
import { messageOf } from "#lib/message-of.ts";

export const requestsWord = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? "request" : "requests"}`;

/** What went wrong with a call; a stream that was cut has only the browser's own words. */
export function wordsOfError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError) return "The connection was cut.";
  return messageOf(error);
}
