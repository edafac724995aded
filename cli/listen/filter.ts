import type { CapturedRequest } from "#lib/contract/requests.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import { Subject } from "#lib/search/subject.ts";
import { RouteError } from "./route-error.ts";

/** Which requests a target takes, in the matching language of the search box. */
export type Filter = {
  text: string;
  matches: (request: CapturedRequest, body: Uint8Array) => boolean;
};

/** @throws RouteError with the column and what was expected there. */
export function readFilter(text: string): Filter {
  const parsed = parseQuery(text);
  if (!parsed.ok) {
    const { column, expected } = parsed.mistake;
    throw new RouteError(`The filter "${text}" can't be read at column ${column}: ${expected}`);
  }
  const predicate = compile(parsed.query);
  return { text, matches: (request, body) => predicate(new Subject(request, body)) };
}
