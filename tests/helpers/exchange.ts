import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Piece } from "#tests/fixtures/odd-requests.ts";

const ANSWER_MS_MAX = 30_000;

/**
 * Sends pieces over one TCP connection and reads the answer as raw bytes, interim 100s included. Ends when a final
 * answer is complete by its Content-Length, or the server closes; with `hangUp` right after the last piece.
 */
export async function exchange(
  port: number,
  pieces: readonly Piece[],
  hangUp = false,
): Promise<Buffer> {
  const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
  const received: Buffer[] = [];
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const answered = new Promise<void>((resolve) => {
    socket.on("data", (bytes) => {
      received.push(bytes);
      if (isComplete(Buffer.concat(received))) resolve();
    });
  });
  socket.on("error", () => {});
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) await write(socket, piece, closed);
    else await sleep(piece.pauseMs);
  }
  if (hangUp) {
    await sleep(100); // the server has parsed the head by then
    socket.destroy();
  }
  await Promise.race([closed, answered, sleep(ANSWER_MS_MAX)]);
  socket.destroy();
  return Buffer.concat(received);
}

function write(socket: net.Socket, bytes: Buffer, closed: Promise<void>): Promise<void> {
  const drained = new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  return Promise.race([drained, closed]);
}

/** The answer without the interim ones before it. */
export function finalAnswer(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  const at = text.search(/HTTP\/1\.[01] (?!1\d\d)/);
  return at < 0 ? "" : text.slice(at);
}

export function statusOf(bytes: Buffer): number | null {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(finalAnswer(bytes))?.[1];
  return status ? Number(status) : null;
}

/** Enough to know the status; a HEAD answer has a length and no body, so bodies are not waited for beyond the head. */
function isComplete(bytes: Buffer): boolean {
  return finalAnswer(bytes).includes("\r\n\r\n");
}
