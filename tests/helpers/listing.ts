import type { Bin, BinMinted, Page } from "#lib/contract/bins.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Call } from "./call.ts";

export const seqs = (page: Page<RequestSummary>) => page.items.map((item) => item.seq);

/** What a bin holds, as the server's API tells it. */
export const createListing = (call: Call) => ({
  list: async ({ id, key }: BinMinted, query = "") =>
    (await call("GET", `/api/bins/${id}/requests${query}`, { key })).json<Page<RequestSummary>>(),
  /** So many captures at once. */
  send: (bin: BinMinted, count: number) =>
    Promise.all(Array.from({ length: count }, () => call("POST", `/in/${bin.id}`))),
  /** How many there are, the oldest's seq, the last seq that was given, the revision. */
  counts: async ({ id, key }: BinMinted) => {
    const bin = (await call("GET", `/api/bins/${id}`, { key })).json<Bin>();
    return [bin.requestCount, bin.oldestSeq, bin.lastSeq, bin.revision];
  },
});
