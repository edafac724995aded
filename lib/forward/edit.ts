import type { ForwardCreate } from "../contract/forwards.ts";
import type { FieldError } from "../errors.ts";

/** What a person changes of a captured request before it is sent on. */
export type Edit = NonNullable<ForwardCreate["edit"]>;

/** RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible characters, space, tab and the upper half of latin1: what RFC 9110 5.5 allows and HTTP parsers take. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const REQUEST_TARGET = /^([/?][\x21-\x7e]*)?$/;

/** False also for `{}`, which changes nothing. */
export function isEdit(edit: Edit | undefined): edit is Edit {
  return edit !== undefined && Object.values(edit).some((value) => value !== undefined);
}

/** A pointer to each part of an edit that HTTP can't carry. */
export function* editErrors(edit: Edit): Generator<FieldError> {
  if (edit.method !== undefined && (!TOKEN.test(edit.method) || edit.method === "CONNECT")) {
    yield { pointer: "/edit/method", detail: "A method is a token such as POST, but not CONNECT" };
  }
  if (edit.target !== undefined && !REQUEST_TARGET.test(edit.target)) {
    yield {
      pointer: "/edit/target",
      detail:
        "A target is empty or begins with / or ?, and holds no space, control or non-ASCII character: write those percent-encoded",
    };
  }
  for (const [index, [name, value]] of (edit.headers ?? []).entries()) {
    if (!TOKEN.test(name)) {
      yield {
        pointer: `/edit/headers/${index}/0`,
        detail: "A header name is a token (RFC 9110): letters, digits and !#$%&'*+-.^_`|~",
      };
    }
    if (!FIELD_VALUE.test(value)) {
      yield {
        pointer: `/edit/headers/${index}/1`,
        detail: "A header value holds no line break, no control character and none above U+00FF",
      };
    }
    if (isEncoding(name) && !endsChunked(value)) {
      yield {
        pointer: `/edit/headers/${index}/1`,
        detail: "A request's Transfer-Encoding ends with chunked, or is left out",
      };
    }
  }
}

export const isEncoding = (name: string) => name.toLowerCase() === "transfer-encoding";

/** RFC 9112 6.1: only a request whose last coding is chunked has a length. */
export const endsChunked = (value: string) => /(^|[\s,])chunked[\s,]*$/i.test(value);
