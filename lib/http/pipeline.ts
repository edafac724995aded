import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests of one connection that may wait behind the one being answered. Who pipelines at all keeps far below. */
const WAITING_MAX = 256;

const waiting = new WeakMap<Socket, number>();

/**
 * Whether a request may be handled that came before the ones ahead of it on its connection were answered. Node reads on
 * without end: one connection full of requests stopped everybody's for 40 s. Beyond the limit the connection is cut; an
 * answer would have to wait its turn, and all that time more would be read.
 */
export function mayWaitInPipeline({ socket }: IncomingMessage, response: ServerResponse): boolean {
  if (socket.destroyed) return false;
  const count = (waiting.get(socket) ?? 0) + 1;
  waiting.set(socket, count);
  response.once("socket", () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
  if (count > WAITING_MAX) socket.destroy();
  return count <= WAITING_MAX;
}
