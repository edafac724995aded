import { toBase64 } from "#components/body/base64.ts";
import { ATTEMPT_BODY_BYTES_MAX } from "#lib/contract/attempt-limits.ts";
import type { BrowserReport } from "#lib/contract/browser-forwards.ts";

type Result = BrowserReport["result"];

/** Beyond this an answer is not read on: a stream may have no end. */
const READ_BYTES_MAX = 64 * 1024 * 1024;
/** Of the body as it was sent, which a page gets unpacked. */
const OF_THE_WIRE = new Set(["content-encoding", "content-length"]);

/** An answer as far as a page is shown it. */
export async function readAnswer(answer: Response): Promise<Result> {
  if (answer.type === "opaque") return { kind: "unseen", redirected: false };
  if (answer.type === "opaqueredirect") return { kind: "unseen", redirected: true };
  const isPacked = answer.headers.has("content-encoding");
  const headers = [...answer.headers].filter(([name]) => !isPacked || !OF_THE_WIRE.has(name));
  const body = await readBody(answer.body);
  return { kind: "answer", status: answer.status, headers, ...body };
}

async function readBody(stream: ReadableStream<Uint8Array> | null) {
  const kept: Uint8Array[] = [];
  let bodySize = 0;
  let cut = false;
  const reader = stream?.getReader();
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      const room = Math.max(0, ATTEMPT_BODY_BYTES_MAX - bodySize);
      if (room > 0) kept.push(piece.value.subarray(0, room));
      bodySize += piece.value.length;
      if (bodySize > READ_BYTES_MAX) {
        cut = true;
        break;
      }
    }
  } catch {
    cut = true;
  }
  void reader?.cancel().catch(() => undefined);
  return { bodySize, bodyBase64: toBase64(joined(kept)), cut };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
