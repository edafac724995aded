import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** No byte for so long: the line is dead, and is dialled again. */
const STALL_MS = 15_000;
const RETRY_MS = 500;
const RETRY_MS_MAX = 10_000;
/** What came whole and was not what was captured, so often, is changed on the way and will be again. */
const MISMATCHES_MAX = 3;

export type Wanted = {
  url: string;
  key: string;
  size: number;
  /** Lower-case hex, of the whole. */
  sha256: string;
  onProgress: (bytes: number) => void;
};

export type Fetched = { kind: "whole"; body: Buffer } | { kind: "gone"; message: string };

/**
 * Fetches a body of known size and digest into memory taken once. A line that breaks is tried again without end: the delivery
 * waits for it, and a delivery that nobody waits for any more ends with the process.
 */
export async function fetchBody(wanted: Wanted): Promise<Fetched> {
  const body = Buffer.allocUnsafe(wanted.size);
  let mismatches = 0;
  for (let pause = RETRY_MS; ; pause = Math.min(pause * 2, RETRY_MS_MAX)) {
    const tried = await fetchOnce(wanted, body);
    if (tried !== "broken" && tried !== "mismatch") return tried;
    if (tried === "mismatch" && ++mismatches === MISMATCHES_MAX) return changed;
    wanted.onProgress(0);
    await sleep(pause);
  }
}

async function fetchOnce(
  { url, key, size, sha256, onProgress }: Wanted,
  body: Buffer,
): Promise<Fetched | "broken" | "mismatch"> {
  const stall = new AbortController();
  const stalled = setTimeout(() => stall.abort(), STALL_MS);
  try {
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${key}` },
      signal: stall.signal,
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return isFinal(response.status) ? gone(response.status) : "broken";
    }
    let at = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      stalled.refresh();
      if (at + chunk.byteLength > size) return "mismatch";
      body.set(chunk, at);
      at += chunk.byteLength;
      onProgress(at);
    }
    if (at < size) return "broken";
    const isSame = createHash("sha256").update(body).digest("hex") === sha256;
    return isSame ? { kind: "whole", body } : "mismatch";
  } catch {
    return "broken";
  } finally {
    clearTimeout(stalled);
  }
}

const isFinal = (status: number) =>
  status >= 400 && status < 500 && status !== 408 && status !== 429;

const gone = (status: number): Fetched => ({
  kind: "gone",
  message: `The body could not be fetched: the server answered ${status}${status === 404 ? ", the request was removed" : ""}.`,
});

const changed: Fetched = {
  kind: "gone",
  message:
    "The body came with other bytes than were captured (SHA-256): something on the way changes it.",
};
