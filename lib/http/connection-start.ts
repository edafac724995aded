import type { Socket } from "node:net";

/** performance.now() when a connection was accepted; gone once its first head is parsed. */
const acceptedAt = new WeakMap<Socket, number>();

export function noteAccepted(socket: Socket, nowMs: number): void {
  acceptedAt.set(socket, nowMs);
}

/**
 * Milliseconds from the accepted connection to the head that is parsed now. Null for every later one on the connection:
 * how long it idled before a further head began is the sender's, and Node does not tell when that was.
 */
export function takeHeadMs(socket: Socket, nowMs: number): number | null {
  const startedAt = acceptedAt.get(socket);
  if (startedAt === undefined) return null;
  acceptedAt.delete(socket);
  return nowMs - startedAt;
}
