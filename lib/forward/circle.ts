import type { HeaderPair } from "../contract/headers.ts";

export const FORWARD_ID_HEADER = "Hooklens-Forward-Id";
/** A request that came back this often goes in a circle: from one capture URL to the next and back. */
export const HOPS_MAX = 10;

/** Ids of the forwards that the request has come by: a stranger may have written them. */
export const forwardIdsOf = (headers: readonly HeaderPair[]): string[] =>
  headers.filter(isForwardId).map(([, value]) => value);

const isForwardId = ([name]: HeaderPair) => isForwardIdName(name);

export const isForwardIdName = (name: string) =>
  name.toLowerCase() === FORWARD_ID_HEADER.toLowerCase();

/** Whether the request was forwarded too often before it was captured: each forward leaves its id. */
export function goesInCircle(headers: readonly HeaderPair[]): boolean {
  return forwardIdsOf(headers).length >= HOPS_MAX;
}
