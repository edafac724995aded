import { createHash } from "node:crypto";

/** 48 bits of time at the front of a UUIDv7, with its hyphen (RFC 9562 5.7). */
const TIME_CHARACTERS = 13;

/**
 * The id of the forward of one request through one listener. It is derived, not drawn, so it is the same over retries,
 * crashes and take-overs without being stored before the first try. A UUIDv7 of the request's own time.
 */
export function forwardIdOf(listenerId: string, requestId: string): string {
  const hash = createHash("sha256").update(listenerId).update(requestId).digest();
  hash[0] = 0x70 | ((hash[0] ?? 0) & 0x0f); // version 7
  hash[2] = 0x80 | ((hash[2] ?? 0) & 0x3f); // variant 10
  const hex = hash.toString("hex", 0, 10);
  const time = requestId.slice(0, TIME_CHARACTERS);
  return `${time}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}
