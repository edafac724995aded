import type { Change } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { FORWARD_ID_HEADER, isForwardIdName } from "./circle.ts";
import type { Draft } from "./draft.ts";
import { endsChunked, isEncoding } from "./edit.ts";
import { connectionNames, HOP_BY_HOP } from "./hop-by-hop.ts";

/** A request as it goes over the wire. */
export type Outgoing = {
  method: string;
  path: string;
  /** With Host, framing and our own ones: all that is sent, nothing is added later. */
  headers: HeaderPair[];
  /** Sent only when `chunked`. */
  trailers: HeaderPair[];
  chunked: boolean;
  body: Buffer;
};

type Sending = {
  path: string;
  /** What Host says: the target's, unless a person wants another one. */
  authority: string;
  /** Why it is that one; absent: it is the target's. */
  authorityWhy?: string;
  forwardId: string;
  /** Headers that were added here: the sender's Connection header, which names its own, takes none of them away. */
  added?: readonly HeaderPair[];
};

/** Methods whose content has a meaning: RFC 9110 8.6 wants a Content-Length even for an empty one. */
const CONTENT_METHODS = new Set(["POST", "PUT", "PATCH"]);

/**
 * What travels: the draft with the target's Host in the place of the sender's, without the headers of the single hop,
 * and with exactly one framing, whatever the method. All else keeps its name, case, place, number and value.
 */
export function outgoing(
  draft: Draft,
  { path, authority, authorityWhy = "the target's", forwardId, added = [] }: Sending,
): { request: Outgoing; changes: Change[] } {
  const changes: Change[] = [];
  const { method, body } = draft;
  const chunked = draft.headers.some(([name, value]) => isEncoding(name) && endsChunked(value));
  const length = chunked ? null : body.length;
  const named = connectionNames(draft.headers);
  for (const [name] of added) named.delete(name.toLowerCase());
  const rule = headerRule({ authority, authorityWhy, length, named });
  const headers: HeaderPair[] = [];
  for (const [name, value] of draft.headers) {
    const verdict = rule(name.toLowerCase(), value);
    if (!("value" in verdict)) {
      changes.push({ kind: "dropped", name, value, why: verdict.dropped });
      continue;
    }
    headers.push([name, verdict.value]);
    if (verdict.value !== value) {
      changes.push({ kind: "changed", name, value: verdict.value, why: verdict.why ?? "" });
    }
  }

  const add = (name: string, value: string, why: string, first = false) => {
    headers.splice(first ? 0 : headers.length, 0, [name, value]);
    changes.push({ kind: "added", name, value, why });
  };
  if (!has(headers, "host")) add("Host", authority, "HTTP/1.1 needs one", true);
  const needsLength = body.length > 0 || (draft.edited && CONTENT_METHODS.has(method));
  if (!chunked && needsLength && !has(headers, "content-length")) {
    add("Content-Length", String(body.length), "a body without framing would be read as a request");
  }
  add(FORWARD_ID_HEADER, forwardId, "the same over retries");
  add("Connection", "close", "one request per connection");

  const trailers = chunked ? draft.trailers : [];
  for (const [name, value] of chunked ? [] : draft.trailers) {
    changes.push({ kind: "dropped", name, value, why: "only a chunked body has trailers" });
  }
  return { request: { method, path, headers, trailers, chunked, body }, changes };
}

const has = (headers: readonly HeaderPair[], name: string) =>
  headers.some(([given]) => given.toLowerCase() === name);

type Verdict = { value: string; why?: string } | { dropped: string };

/**
 * Decides on one header after the other. Host and framing come first: a Connection header that names them would else
 * take the body's end away.
 * @param length of the body in bytes; null when it is sent chunked.
 */
function headerRule(to: {
  authority: string;
  authorityWhy: string;
  length: number | null;
  named: Set<string>;
}) {
  const seen = new Set<string>();
  return (name: string, value: string): Verdict => {
    const again = seen.has(name);
    seen.add(name);
    if (name === "host") {
      return again
        ? { dropped: "a request has one Host" }
        : { value: to.authority, why: to.authorityWhy };
    }
    if (name === "content-length") return lengthVerdict(value, to.length, again);
    if (name === "transfer-encoding") {
      return to.length === null ? { value } : { dropped: "the body is sent with its length" };
    }
    if (HOP_BY_HOP.has(name)) return { dropped: "it concerns one connection only" };
    // Else a circle could hide that it is one.
    if (isForwardIdName(name)) return { value };
    if (to.named.has(name)) return { dropped: "the Connection header names it" };
    return { value };
  };
}

function lengthVerdict(value: string, length: number | null, again: boolean): Verdict {
  if (length === null) return { dropped: "a chunked body has no declared length" };
  if (again) return { dropped: "a request has one Content-Length" };
  if (Number(value) === length) return { value };
  return { value: String(length), why: "the length of the body sent" };
}
