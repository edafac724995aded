import type { SearchedRequest } from "#lib/search/subject.ts";
import { Subject } from "#lib/search/subject.ts";
import { mistakeText, parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import type { Query } from "#lib/search/query.ts";

const plain: SearchedRequest = {
  id: "01998877-6655-7443-8221-1100ffeeddcc",
  seq: 42,
  receivedAt: "2026-11-21T10:30:05.250001Z",
  method: "POST",
  target: "/orders/7?x=1",
  headers: [["Host", "localhost:3000"]],
  contentType: null,
  bodySize: 0,
  remoteAddress: "203.0.113.9",
  provider: null,
  signature: { status: "unchecked" },
  response: { status: 200 },
};

type Given = Partial<SearchedRequest> & { body?: string | Uint8Array; forwards?: string[] };

export function subject({ body = "", forwards, ...request }: Given = {}): Subject {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return new Subject({ ...plain, bodySize: bytes.length, ...request }, bytes, forwards);
}

/** The tree of a query that is known to be one. */
export function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(mistakeText(parsed.mistake));
  return parsed.query;
}

export function isMatch(query: string, given: Given = {}, now?: () => number): boolean {
  return compile(queryOf(query), now ? { now } : {})(subject(given));
}
