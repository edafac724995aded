import type { IncomingMessage } from "node:http";

/** From its head to the last byte of its body. */
const WHOLE_MS_MAX = 75_000;
const IMPORT = /^\/api\/bins\/[^/]*\/import$/;

/** Cuts the connection of a call whose body takes too long; a file may, as long as it goes on (lib/manage/arriving.ts). */
export function limitArrival(request: IncomingMessage, path: string): void {
  if (request.complete || IMPORT.test(path)) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, WHOLE_MS_MAX);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}
