import type { Bin, BinCreate, BinMinted, Page } from "./bins.ts";
import {
  binPath,
  type Calls,
  type ListOptions,
  listQuery,
  type RequestListOptions,
  requestPath,
} from "./calls.ts";
import { DECODED_HEADER, type DecodedEnd, decodedEnds } from "./content-coding.ts";
import type { Forward, ForwardCreate } from "./forwards.ts";
import type { CapturedRequest, RequestPage } from "./requests.ts";
import type { SampleCreate, SampleKind, SampleSent } from "./samples.ts";

export type DecodedBody = { bytes: ArrayBuffer; end: DecodedEnd };

/** What the page and the command both ask for. */
export const requestCalls = ({ origin, call, json }: Calls) => ({
  mint: (input: BinCreate = {}) => json<BinMinted>("POST", "/api/bins", { body: input }),
  bin: (bin: string, signal?: AbortSignal) => json<Bin>("GET", binPath(bin), { signal }),

  /** Newest first. */
  requests: (bin: string, options: RequestListOptions = {}) =>
    json<RequestPage>("GET", `${binPath(bin)}/requests${listQuery(options)}`, {
      signal: options.signal,
    }),
  request: (bin: string, id: string, signal?: AbortSignal) =>
    json<CapturedRequest>("GET", requestPath(bin, id), { signal }),
  samples: (bin: string, signal?: AbortSignal) =>
    json<{ items: SampleKind[] }>("GET", `${binPath(bin)}/samples`, { signal }),
  /** Sends an event as its provider would. Resolves once it was answered. */
  sendSample: (bin: string, input: SampleCreate) =>
    json<SampleSent>("POST", `${binPath(bin)}/samples`, { body: input }),

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
  raw: async (bin: string, id: string, signal?: AbortSignal) =>
    (await call("GET", `${requestPath(bin, id)}/raw`, { signal })).arrayBuffer(),

  /** Resolves once settled. */
  forward: (bin: string, id: string, input: ForwardCreate) =>
    json<Forward>("POST", `${requestPath(bin, id)}/forwards`, { body: input }),
  forwards: (bin: string, id: string, options: ListOptions = {}) =>
    json<Page<Forward>>("GET", `${requestPath(bin, id)}/forwards${listQuery(options)}`, {
      signal: options.signal,
    }),
});
