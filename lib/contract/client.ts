import type { FieldError, ProblemCode } from "../errors.ts";
import type { Bin, BinCreate, BinMinted, BinPatch, Health, Key, KeyMinted, Page } from "./bins.ts";
import { DECODED_HEADER, type DecodedEnd, decodedEnds } from "./content-coding.ts";
import type { SignatureExplanations } from "./explanations.ts";
import type { FilterCreate, FilterPatch, SavedFilter } from "./filters.ts";
import type { Forward, ForwardCreate } from "./forwards.ts";
import type { Listener } from "./listeners.ts";
import type { BulkPatch, BulkReport, LabelCount } from "./annotations.ts";
import type { CapturedRequest, RequestPage, RequestPatch } from "./requests.ts";
import type { SampleCreate, SampleKind, SampleSent } from "./samples.ts";
import type { Suggestions } from "./suggestions.ts";
import type { RequestThread } from "./threads.ts";
import type { ExportFormat, ExportMarked, ExportSize } from "./transfer.ts";

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

type ClientOptions = {
  /** Scheme, host and port; empty in the browser, where the page's own is meant. */
  origin?: string;
  /** Without it the browser's cookie speaks. */
  key?: string;
};

export type DecodedBody = { bytes: ArrayBuffer; end: DecodedEnd };

type CallOptions = { body?: unknown; key?: string; signal?: AbortSignal | undefined };

export type ListOptions = { limit?: number; cursor?: string | null; signal?: AbortSignal };
/** `q`: only those that match, in the language of lib/search. */
type RequestListOptions = ListOptions & { q?: string };

export type ApiClient = ReturnType<typeof createApiClient>;

/** The management API as functions. Each rejects with an ApiError, or an AbortError when its signal ends it. */
export function createApiClient({ origin = "", key: ownKey }: ClientOptions = {}) {
  let clockAheadMs = 0;

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const key = options.key ?? ownKey;
    const headers: Record<string, string> = {};
    if (key) headers.Authorization = `Bearer ${key}`;
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    const askedMs = Date.now();
    const response = await fetch(`${origin}${path}`, {
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
    mint: (input: BinCreate = {}) => json<BinMinted>("POST", "/api/bins", { body: input }),
    /** This browser's bins. */
    bins: (signal?: AbortSignal) => json<Page<Bin>>("GET", "/api/bins", { signal }),
    /** This browser remembers the bin, on the strength of the key. */
    remember: (bin: string, key: string) =>
      done("PUT", `/api/session/bins/${segment(bin)}`, { key }),
    forget: (bin: string) => done("DELETE", `/api/session/bins/${segment(bin)}`),

    bin: (bin: string, signal?: AbortSignal) => json<Bin>("GET", binPath(bin), { signal }),
    change: (bin: string, patch: BinPatch) => json<Bin>("PATCH", binPath(bin), { body: patch }),
    deleteBin: (bin: string) => done("DELETE", binPath(bin)),

    keys: (bin: string, options: ListOptions = {}) =>
      json<Page<Key>>("GET", `${binPath(bin)}/keys${listQuery(options)}`, {
        signal: options.signal,
      }),
    mintKey: (bin: string, label: string) =>
      json<KeyMinted>("POST", `${binPath(bin)}/keys`, { body: { label } }),
    revokeKey: (bin: string, id: string) => done("DELETE", `${binPath(bin)}/keys/${segment(id)}`),

    /** All of the bin's saved filters, by name. */
    filters: (bin: string, signal?: AbortSignal) =>
      json<Page<SavedFilter>>("GET", `${binPath(bin)}/filters`, { signal }),
    saveFilter: (bin: string, filter: FilterCreate) =>
      json<SavedFilter>("POST", `${binPath(bin)}/filters`, { body: filter }),
    changeFilter: (bin: string, id: string, patch: FilterPatch) =>
      json<SavedFilter>("PATCH", `${binPath(bin)}/filters/${segment(id)}`, { body: patch }),
    removeFilter: (bin: string, id: string) =>
      done("DELETE", `${binPath(bin)}/filters/${segment(id)}`),
    /** What a query of this bin may ask for. */
    suggestions: (bin: string, signal?: AbortSignal) =>
      json<Suggestions>("GET", `${binPath(bin)}/search/suggestions`, { signal }),

    /** Newest first. */
    requests: (bin: string, options: RequestListOptions = {}) =>
      json<RequestPage>("GET", `${binPath(bin)}/requests${listQuery(options)}`, {
        signal: options.signal,
      }),
    /** All, or those up to and with the seq `through`; those that are pinned only with `pinned`. */
    clear: (bin: string, which: { through?: number; pinned?: boolean } = {}) =>
      done("DELETE", `${binPath(bin)}/requests${listQuery(which)}`),
    /** Several at once. */
    changeMarked: (bin: string, patch: BulkPatch) =>
      json<BulkReport>("PATCH", `${binPath(bin)}/requests`, { body: patch }),
    /** Those that its requests have. */
    labels: (bin: string, signal?: AbortSignal) =>
      json<Page<LabelCount>>("GET", `${binPath(bin)}/labels`, { signal }),
    request: (bin: string, id: string, signal?: AbortSignal) =>
      json<CapturedRequest>("GET", requestPath(bin, id), { signal }),
    samples: (bin: string, signal?: AbortSignal) =>
      json<{ items: SampleKind[] }>("GET", `${binPath(bin)}/samples`, { signal }),
    /** Sends an event as its provider would. Resolves once it was answered. */
    sendSample: (bin: string, input: SampleCreate) =>
      json<SampleSent>("POST", `${binPath(bin)}/samples`, { body: input }),

    /** The tries of its event. */
    thread: (bin: string, id: string, signal?: AbortSignal) =>
      json<RequestThread>("GET", `${requestPath(bin, id)}/thread`, { signal }),
    /** Who sent it, by a person's word, and what people say of it. */
    changeRequest: (bin: string, id: string, patch: RequestPatch) =>
      json<CapturedRequest>("PATCH", requestPath(bin, id), { body: patch }),
    /** What was signed, with what outcome, by the secrets that the bin keeps. */
    signature: (bin: string, id: string, signal?: AbortSignal) =>
      json<SignatureExplanations>("GET", `${requestPath(bin, id)}/signature`, { signal }),
    deleteRequest: (bin: string, id: string) => done("DELETE", requestPath(bin, id)),

    /** Where the exact body bytes can be downloaded. */
    bodyUrl: (bin: string, id: string) => `${origin}${requestPath(bin, id)}/body`,
    body: async (bin: string, id: string, signal?: AbortSignal) =>
      (await call("GET", `${requestPath(bin, id)}/body`, { signal })).arrayBuffer(),
    /** Without its content codings, undone by the server. */
    decodedBody: async (bin: string, id: string, signal?: AbortSignal): Promise<DecodedBody> => {
      const response = await call("GET", `${requestPath(bin, id)}/body?decoded=true`, { signal });
      const end = decodedEnds.find((known) => known === response.headers.get(DECODED_HEADER));
      return { bytes: await response.arrayBuffer(), end: end ?? "whole" };
    },
    /** Where the request can be downloaded as an HTTP/1.1 message. */
    rawUrl: (bin: string, id: string) => `${origin}${requestPath(bin, id)}/raw`,
    raw: async (bin: string, id: string, signal?: AbortSignal) =>
      (await call("GET", `${requestPath(bin, id)}/raw`, { signal })).arrayBuffer(),

    /** How much an export would hold. */
    exportSize: (bin: string, q: string, signal?: AbortSignal) =>
      json<ExportSize>("GET", `${binPath(bin)}/export/size${listQuery({ q })}`, { signal }),
    /** The answer that brings the file; it is cut when the export is. */
    export: (bin: string, format: ExportFormat, q: string, signal?: AbortSignal) =>
      call("GET", `${binPath(bin)}/export${listQuery({ q, format })}`, { signal }),
    /** The same of these requests only. */
    exportMarked: (bin: string, input: ExportMarked, signal?: AbortSignal) =>
      call("POST", `${binPath(bin)}/export`, { body: input, signal }),
    /** Where a file is sent to be imported. */
    importUrl: (bin: string) => `${origin}${binPath(bin)}/import`,

    /** Resolves once settled. */
    forward: (bin: string, id: string, input: ForwardCreate) =>
      json<Forward>("POST", `${requestPath(bin, id)}/forwards`, { body: input }),
    forwards: (bin: string, id: string, options: ListOptions = {}) =>
      json<Page<Forward>>("GET", `${requestPath(bin, id)}/forwards${listQuery(options)}`, {
        signal: options.signal,
      }),

    listeners: (bin: string, signal?: AbortSignal) =>
      json<Page<Listener>>("GET", `${binPath(bin)}/listeners`, { signal }),
    /** Forgets it, with its place; a connected one is told and ends. */
    removeListener: (bin: string, name: string) =>
      done("DELETE", `${binPath(bin)}/listeners/${segment(name)}`),

    /** How far this machine's clock is ahead of the server's, give or take a second; 0 before the first answer. */
    clockAheadMs: () => clockAheadMs,

    health: () => json<Health>("GET", "/api/health"),

    /** What a part of the API that is fetched apart is called with (destination-client.ts, secret-client.ts). */
    json,
    done,
  };
}

/** An answer that took longer, or a machine that slept meanwhile, tells nothing of the clock. */
const CLOCK_ROUND_TRIP_MS_MAX = 2_000;

/** By an answer's Date, which has whole seconds; in milliseconds. */
function aheadOf(date: string | null, askedMs: number, answeredMs: number): number | null {
  const serverMs = Date.parse(date ?? "") + 500;
  const isQuick = Math.abs(answeredMs - askedMs) <= CLOCK_ROUND_TRIP_MS_MAX;
  return isQuick && Number.isFinite(serverMs) ? (askedMs + answeredMs) / 2 - serverMs : null;
}

const segment = encodeURIComponent;
const binPath = (bin: string) => `/api/bins/${segment(bin)}`;
const requestPath = (bin: string, id: string) => `${binPath(bin)}/requests/${segment(id)}`;

type Asked = RequestListOptions & { format?: ExportFormat; through?: number; pinned?: boolean };

function listQuery(asked: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, signal: null })) {
    if (value) query.set(name, String(value));
  }
  return query.size > 0 ? `?${query}` : "";
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
