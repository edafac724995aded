import type { HeaderPair } from "../contract/headers.ts";

export const FORWARD_ID_HEADER = "Hooklens-Forward-Id";
/** A request that came back this often goes in a circle: from one capture URL to the next and back. */
export const HOPS_MAX = 10;

/** Whether the request was forwarded too often before it was captured: each forward leaves its id. */
export function goesInCircle(headers: readonly HeaderPair[]): boolean {
  const isForwardId = ([name]: HeaderPair) =>
    name.toLowerCase() === FORWARD_ID_HEADER.toLowerCase();
  return headers.filter(isForwardId).length >= HOPS_MAX;
}
