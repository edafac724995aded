import type { FieldError, ProblemCode } from "../errors.ts";
import type { ExportFormat } from "./transfer.ts";

/**
 * A call that did not succeed. `code` is the server's, or `unreachable` when no answer came (status 0), or `unreadable`
 * when what answered is not this API, such as a proxy's error page. The message is the problem's detail.
 */
export class ApiError extends Error {
  readonly code: ProblemCode | "unreachable" | "unreadable";
  readonly status: number;
  readonly errors: FieldError[];

  constructor(problem: Pick<ApiError, "code" | "status" | "message"> & { errors?: FieldError[] }) {
    super(problem.message);
    this.name = "ApiError";
    this.code = problem.code;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
  }
}

export type ClientOptions = {
  /** Scheme, host and port; empty in the browser, where the page's own is meant. */
  origin?: string;
  /** Without it the browser's cookie speaks. */
  key?: string;
  /** Asks for shares what is asked for bins: what a share shows is read as a bin is. */
  ofShares?: boolean;
};

export type CallOptions = { body?: unknown; key?: string; signal?: AbortSignal | undefined };

export type ListOptions = { limit?: number; cursor?: string | null; signal?: AbortSignal };
/** `q`: only those that match, in the language of lib/search. */
export type RequestListOptions = ListOptions & { q?: string };

/** The way to the management API. Each call rejects with an ApiError, or an AbortError when its signal ends it. */
export function createCalls({ origin = "", key: ownKey, ofShares }: ClientOptions = {}) {
  let clockAheadMs = 0;

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const key = options.key ?? ownKey;
    const headers: Record<string, string> = {};
    if (key) headers.Authorization = `Bearer ${key}`;
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    const askedMs = Date.now();
    const asked = ofShares ? path.replace("/bins/", "/shares/") : path;
    const response = await fetch(`${origin}${asked}`, {
      method,
      headers,
      cache: "no-store",
      // A removal that was begun goes through, though the page is left in that moment.
      keepalive: method === "DELETE",
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    }).catch((error: unknown) => {
      if (options.signal?.aborted) throw error;
      throw new ApiError({
        code: "unreachable",
        status: 0,
        message: "The server did not answer. It may be restarting, or this machine is offline.",
      });
    });
    clockAheadMs = aheadOf(response.headers.get("Date"), askedMs, Date.now()) ?? clockAheadMs;
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  async function json<Result>(
    method: string,
    path: string,
    options?: CallOptions,
  ): Promise<Result> {
    const response = await call(method, path, options);
    try {
      return (await response.json()) as Result;
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      throw unreadable(response.status);
    }
  }

  const done = async (method: string, path: string, options?: CallOptions): Promise<void> => {
    await call(method, path, options);
  };

  return {
    origin,
    call,
    json,
    done,
    /** How far this machine's clock is ahead of the server's, give or take a second; 0 before the first answer. */
    clockAheadMs: () => clockAheadMs,
  };
}

export type Calls = ReturnType<typeof createCalls>;

/** An answer that took longer, or a machine that slept meanwhile, tells nothing of the clock. */
const CLOCK_ROUND_TRIP_MS_MAX = 2_000;

/** By an answer's Date, which has whole seconds; in milliseconds. */
function aheadOf(date: string | null, askedMs: number, answeredMs: number): number | null {
  const serverMs = Date.parse(date ?? "") + 500;
  const isQuick = Math.abs(answeredMs - askedMs) <= CLOCK_ROUND_TRIP_MS_MAX;
  return isQuick && Number.isFinite(serverMs) ? (askedMs + answeredMs) / 2 - serverMs : null;
}

async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (!isProblem(body)) return unreadable(response.status);
  return new ApiError({
    code: body.code,
    status: response.status,
    message: body.detail,
    errors: body.errors ?? [],
  });
}

type Problem = { code: ProblemCode; detail: string; errors?: FieldError[] };

function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null) return false;
  return (
    "code" in body &&
    typeof body.code === "string" &&
    "detail" in body &&
    typeof body.detail === "string"
  );
}

function unreadable(status: number): ApiError {
  const message = `Something between this page and the server answered ${status} with what is not Hooklens' API.`;
  return new ApiError({ code: "unreadable", status, message });
}
export const segment = encodeURIComponent;
export const binPath = (bin: string) => `/api/bins/${segment(bin)}`;
export const requestPath = (bin: string, id: string) => `${binPath(bin)}/requests/${segment(id)}`;

type Asked = RequestListOptions & { format?: ExportFormat; through?: number; pinned?: boolean };

export function listQuery(asked: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, signal: null })) {
    if (value) query.set(name, String(value));
  }
  return query.size > 0 ? `?${query}` : "";
}
