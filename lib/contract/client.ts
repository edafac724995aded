import type { Bin, BinPatch, Health, Key, KeyMinted, Page } from "./bins.ts";
import type { SignatureExplanations } from "./explanations.ts";
import type { FilterCreate, FilterPatch, SavedFilter } from "./filters.ts";
import type { Listener } from "./listeners.ts";
import type { BulkPatch, BulkReport, LabelCount } from "./annotations.ts";
import type { CapturedRequest, RequestPatch } from "./requests.ts";
import type { ExportFormat, ExportMarked, ExportSize } from "./transfer.ts";
import type { RequestThread } from "./threads.ts";
import type { Suggestions } from "./suggestions.ts";
import {
  binPath,
  type CallOptions,
  type ClientOptions,
  createCalls,
  type ListOptions,
  listQuery,
  requestPath,
  segment,
} from "./calls.ts";
import { requestCalls } from "./request-calls.ts";

export type ApiClient = ReturnType<typeof createApiClient>;

/** The management API as functions. Each rejects with an ApiError, or an AbortError when its signal ends it. */
export function createApiClient(options: ClientOptions = {}) {
  const calls = createCalls(options);
  const { origin, call, json, done } = calls;
  return {
    ...requestCalls(calls),

    /** This browser's bins. */
    bins: (signal?: AbortSignal) => json<Page<Bin>>("GET", "/api/bins", { signal }),
    /** This browser remembers the bin, on the strength of the key. */
    remember: (bin: string, key: string) =>
      done("PUT", `/api/session/bins/${segment(bin)}`, { key }),
    forget: (bin: string) => done("DELETE", `/api/session/bins/${segment(bin)}`),

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

    /** All, or those up to and with the seq `through`; those that are pinned only with `pinned`. */
    clear: (bin: string, which: { through?: number; pinned?: boolean } = {}) =>
      done("DELETE", `${binPath(bin)}/requests${listQuery(which)}`),
    /** Several at once. */
    changeMarked: (bin: string, patch: BulkPatch) =>
      json<BulkReport>("PATCH", `${binPath(bin)}/requests`, { body: patch }),
    /** Those that its requests have. */
    labels: (bin: string, signal?: AbortSignal) =>
      json<Page<LabelCount>>("GET", `${binPath(bin)}/labels`, { signal }),
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

    /** Where the request can be downloaded as an HTTP/1.1 message. */
    rawUrl: (bin: string, id: string) => `${origin}${requestPath(bin, id)}/raw`,
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

    listeners: (bin: string, signal?: AbortSignal) =>
      json<Page<Listener>>("GET", `${binPath(bin)}/listeners`, { signal }),
    /** Forgets it, with its place; a connected one is told and ends. */
    removeListener: (bin: string, name: string) =>
      done("DELETE", `${binPath(bin)}/listeners/${segment(name)}`),

    health: () => json<Health>("GET", "/api/health"),

    /** For what only one part of the page asks: a call of a bin's own, by its path behind the bin. */
    callBin: (method: string, bin: string, path: string, asked?: CallOptions) =>
      call(method, `${binPath(bin)}/${path}`, asked),
    clockAheadMs: calls.clockAheadMs,
    /** What a part of the API that is fetched apart is called with (such as destination-client.ts). */
    json,
    done,
  };
}
