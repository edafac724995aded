/**
 * The error catalogue. A code is permanent: clients, tests and docs/errors.md speak it (a test holds the two equal).
 * `title` says what happened; the `detail` of a thrown error says why here and what to do next.
 */
export const problems = {
  invalid_json: { status: 400, title: "The body is not valid JSON" },
  invalid_query: { status: 400, title: "A query parameter is not valid" },
  malformed_request: { status: 400, title: "The request is not valid HTTP" },
  unauthenticated: { status: 401, title: "A key is needed" },
  forbidden: { status: 403, title: "This key does not open this bin" },
  cross_site: { status: 403, title: "The request comes from another site" },
  not_found: { status: 404, title: "Nothing is here" },
  bin_not_found: { status: 404, title: "There is no such bin" },
  request_not_found: { status: 404, title: "There is no such request in this bin" },
  key_not_found: { status: 404, title: "There is no such key in this bin" },
  listener_not_found: { status: 404, title: "There is no such listener of this bin" },
  secret_not_found: { status: 404, title: "There is no such signing secret in this bin" },
  destination_not_found: { status: 404, title: "There is no such destination of this bin" },
  filter_not_found: { status: 404, title: "There is no such saved filter in this bin" },
  document_not_found: { status: 404, title: "There is no such schema document in this bin" },
  method_not_allowed: { status: 405, title: "This method is not allowed here" },
  body_stalled: { status: 408, title: "The body came too slowly" },
  last_key: { status: 409, title: "The last key of a bin can't be revoked" },
  session_full: { status: 409, title: "This browser remembers as many bins as it can" },
  too_many_secrets: { status: 409, title: "This bin keeps as many signing secrets as it can" },
  too_many_destinations: { status: 409, title: "This bin has as many destinations as it can" },
  too_many_filters: { status: 409, title: "This bin keeps as many filters as it can" },
  filter_exists: { status: 409, title: "This bin has a filter of that name" },
  pins_full: { status: 409, title: "This bin keeps as much pinned as it can" },
  pin_keeps_it: { status: 409, title: "Only its pin keeps this request" },
  too_many_documents: { status: 409, title: "This bin keeps as many schema documents as it can" },
  no_secret_key: { status: 409, title: "This server has no key to seal secrets with" },
  body_incomplete: {
    status: 409,
    title: "The request was not captured whole, so it can't be forwarded",
  },
  no_listener: { status: 409, title: "No listener is connected" },
  which_listener: { status: 409, title: "Several listeners are connected" },
  bin_gone: { status: 410, title: "This bin was deleted or has expired" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be application/json" },
  misdirected_host: { status: 421, title: "This server does not answer to that host name" },
  invalid_fields: { status: 422, title: "Some fields are not valid" },
  unreadable_file: { status: 422, title: "The file holds no requests that can be read" },
  unusable_document: { status: 422, title: "The schema document can't be used" },
  undecodable_body: { status: 422, title: "The body can't be decoded" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The request's headers are too large" },
  internal: { status: 500, title: "Something failed on the server" },
  no_room: { status: 503, title: "The server has no room for this body now" },
  not_stored: { status: 503, title: "The request could not be confirmed as stored in time" },
  unavailable: { status: 503, title: "The server can't reach its database now" },
} as const;

export type ProblemCode = keyof typeof problems;

/** One invalid field. `pointer` is a JSON pointer (RFC 6901) into the request's body, or `?name` for a query parameter. */
export type FieldError = { pointer: string; detail: string };

type ProblemOptions = {
  errors?: FieldError[];
  /** Whole seconds, sent as Retry-After. */
  retryAfterSeconds?: number;
  /** Further response headers, such as Allow or WWW-Authenticate. */
  headers?: Record<string, string>;
  cause?: unknown;
};

/** An expected failure, told to the client as an RFC 9457 problem. */
export class HooklensError extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = "HooklensError";
    this.code = code;
    this.errors = options.errors;
    this.headers = { ...options.headers };
    if (options.retryAfterSeconds !== undefined) {
      this.headers["Retry-After"] = String(options.retryAfterSeconds);
    }
  }
}

/**
 * Recognises an error by its code, not by its class: Next loads a copy of this module of its own, so `instanceof` is
 * false across that border.
 */
export function isHooklensError(error: unknown): error is HooklensError {
  return (
    error instanceof Error &&
    error.name === "HooklensError" &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code in problems
  );
}

/** The RFC 9457 body of an error. */
export function problemBody(error: Pick<HooklensError, "code" | "message" | "errors">) {
  const { status, title } = problems[error.code];
  return {
    type: `urn:hooklens:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors ? { errors: error.errors } : {}),
  };
}
