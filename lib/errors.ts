/**
 * The error catalogue. A code is permanent: clients, tests and docs/errors.md speak it (a test holds the two equal).
 * Its title says what happened; the `detail` of a thrown error says why here and what to do next.
 */
export const problems = {
  invalid_json: { status: 400 },
  invalid_query: { status: 400 },
  malformed_request: { status: 400 },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  cross_site: { status: 403 },
  not_found: { status: 404 },
  bin_not_found: { status: 404 },
  request_not_found: { status: 404 },
  forward_not_found: { status: 404 },
  key_not_found: { status: 404 },
  listener_not_found: { status: 404 },
  share_not_found: { status: 404 },
  secret_not_found: { status: 404 },
  destination_not_found: { status: 404 },
  resend_not_found: { status: 404 },
  filter_not_found: { status: 404 },
  document_not_found: { status: 404 },
  scenario_not_found: { status: 404 },
  environment_not_found: { status: 404 },
  method_not_allowed: { status: 405 },
  body_stalled: { status: 408 },
  last_key: { status: 409 },
  session_full: { status: 409 },
  too_many_secrets: { status: 409 },
  too_many_destinations: { status: 409 },
  too_many_resends: { status: 409 },
  resend_running: { status: 409 },
  too_many_filters: { status: 409 },
  filter_exists: { status: 409 },
  pins_full: { status: 409 },
  pin_keeps_it: { status: 409 },
  too_many_documents: { status: 409 },
  too_many_shares: { status: 409 },
  scenario_exists: { status: 409 },
  too_many_scenarios: { status: 409 },
  no_secret_key: { status: 409 },
  body_incomplete: { status: 409 },
  no_listener: { status: 409 },
  which_listener: { status: 409 },
  share_gone: { status: 410 },
  bin_gone: { status: 410 },
  body_too_large: { status: 413 },
  unsupported_media_type: { status: 415 },
  misdirected_host: { status: 421 },
  invalid_fields: { status: 422 },
  unreadable_file: { status: 422 },
  unusable_document: { status: 422 },
  undecodable_body: { status: 422 },
  rate_limited: { status: 429 },
  headers_too_large: { status: 431 },
  internal: { status: 500 },
  no_room: { status: 503 },
  not_stored: { status: 503 },
  unavailable: { status: 503 },
} as const;

export type ProblemCode = keyof typeof problems;

/** What happened, by code. Apart from the catalogue: whoever only recognises codes, as the command does, leaves them out. */
export const problemTitles: Record<ProblemCode, string> = {
  invalid_json: "The body is not valid JSON",
  invalid_query: "A query parameter is not valid",
  malformed_request: "The request is not valid HTTP",
  unauthenticated: "A key is needed",
  forbidden: "This key does not open this bin",
  cross_site: "The request comes from another site",
  not_found: "Nothing is here",
  bin_not_found: "There is no such bin",
  request_not_found: "There is no such request in this bin",
  forward_not_found: "There is no such forward of this bin",
  key_not_found: "There is no such key in this bin",
  listener_not_found: "There is no such listener of this bin",
  share_not_found: "There is no such share",
  secret_not_found: "There is no such signing secret in this bin",
  resend_not_found: "There is no such resend of this bin",
  destination_not_found: "There is no such destination of this bin",
  filter_not_found: "There is no such saved filter in this bin",
  document_not_found: "There is no such schema document in this bin",
  scenario_not_found: "There is no such scenario in this bin",
  environment_not_found: "There is no such environment in this bin",
  method_not_allowed: "This method is not allowed here",
  body_stalled: "The body came too slowly",
  last_key: "The last key of a bin can't be revoked",
  session_full: "This browser remembers as many bins as it can",
  too_many_secrets: "This bin keeps as many signing secrets as it can",
  too_many_resends: "This bin has as many resends under way as it can",
  resend_running: "The resend is under way",
  too_many_destinations: "This bin has as many destinations as it can",
  too_many_filters: "This bin keeps as many filters as it can",
  filter_exists: "This bin has a filter of that name",
  pins_full: "This bin keeps as much pinned as it can",
  pin_keeps_it: "Only its pin keeps this request",
  too_many_documents: "This bin keeps as many schema documents as it can",
  too_many_shares: "This bin has as many shares as it can",
  scenario_exists: "This bin has a scenario of that name",
  too_many_scenarios: "This bin keeps as many scenarios as it can",
  no_secret_key: "This server has no key to seal secrets with",
  body_incomplete: "The request was not captured whole, so it can't be forwarded",
  no_listener: "No listener is connected",
  which_listener: "Several listeners are connected",
  share_gone: "This share has ended",
  bin_gone: "This bin was deleted or has expired",
  body_too_large: "The body is too large",
  unsupported_media_type: "The body must be application/json",
  misdirected_host: "This server does not answer to that host name",
  invalid_fields: "Some fields are not valid",
  unreadable_file: "The file holds no requests that can be read",
  unusable_document: "The schema document can't be used",
  undecodable_body: "The body can't be decoded",
  rate_limited: "Too many requests",
  headers_too_large: "The request's headers are too large",
  internal: "Something failed on the server",
  no_room: "The server has no room for this body now",
  not_stored: "The request could not be confirmed as stored in time",
  unavailable: "The server can't reach its database now",
};

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

/** What is wrong with the fields of a body, the first of them in a sentence. */
export function wrongFields(errors: [FieldError, ...FieldError[]]): HooklensError {
  const [{ pointer, detail }] = errors;
  const end = detail.endsWith(".") ? "" : ".";
  return new HooklensError("invalid_fields", `${pointer}: ${detail}${end}`, { errors });
}

export const wrongField = (pointer: string, detail: string): HooklensError =>
  wrongFields([{ pointer, detail }]);

/**
 * Recognises an error by its code, not by its class: Next loads a copy of this module of its own, so `instanceof` is
 * false across that border.
 */
export function isHooklensError(error: unknown): error is HooklensError {
  return (
    error instanceof Error &&
    error.name === "HooklensError" &&
    "code" in error &&
    typeof error.code === "string"
  );
}

/** The RFC 9457 body of an error. */
export function problemBody(error: Pick<HooklensError, "code" | "message" | "errors">) {
  const { status } = problems[error.code];
  return {
    type: `urn:hooklens:problem:${error.code}`,
    title: problemTitles[error.code],
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors ? { errors: error.errors } : {}),
  };
}
