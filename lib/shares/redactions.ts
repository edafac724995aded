import { LRUCache } from "lru-cache";
import { HooklensError } from "../errors.ts";
import type { Log } from "../log.ts";
import { createSideThread } from "../side-thread/side-thread.ts";
import type { AskedRedaction, Redacted } from "./redact.ts";

/** The worst body that was found takes 2 s, on a busy machine. */
const WITH_BODY_MS = 10_000;
const WITHOUT_BODY_MS = 5_000;
const MEMORY_MB = 256;
/** Requests and bodies, of a share, that are not tried again. */
const OVER_MAX = 1_000;

export type RedactionOutcome = { request: Redacted["request"]; body: Uint8Array<ArrayBuffer> };

/**
 * Redacts in a thread: what a text costs is in its sender's hands, and captures must not wait for it. Nothing is shown
 * that was not redacted: a body that takes too long is withheld, and where that is not enough the request.
 */
export function createRedactions(
  log: Log,
  { withBodyMs = WITH_BODY_MS, withoutBodyMs = WITHOUT_BODY_MS } = {},
) {
  const thread = createSideThread<AskedRedaction, RedactionOutcome>({
    entry: new URL("./redact-worker.ts", import.meta.url),
    oldSpaceMb: MEMORY_MB,
  });
  const over = new LRUCache<string, true>({ max: OVER_MAX });

  /** Null for a request that is withheld. @throws no_room */
  async function redact(asked: AskedRedaction): Promise<Redacted | null> {
    const { given, body, shareId } = asked;
    const key = `${shareId} ${given.id} ${body ? "whole" : "without body"}`;
    if (!over.has(key)) {
      const ms = body ? withBodyMs : withoutBodyMs;
      const ran = await thread.run(shareId, { ...asked, body: ownBytes(body) }, ms);
      if (ran.kind === "done") return toRedacted(ran.outcome);
      if (ran.kind === "full") throw noRoom();
      const lost = body ? "a body" : "a request";
      log.warn({ requestId: given.id }, `${lost} was withheld: redaction took too long`);
      over.set(key, true);
    }
    return body ? redact({ ...asked, body: null }) : null;
  }

  return { redact, stop: thread.stop };
}

/** What a thread is sent of a view goes with all that the view is a part of. */
const ownBytes = (body: Uint8Array | null) => body && new Uint8Array(body);

const toRedacted = ({ request, body }: RedactionOutcome): Redacted => ({
  request,
  body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
});

const noRoom = () =>
  new HooklensError("no_room", "Others are looking at shares: try again in a moment.", {
    retryAfterSeconds: 2,
  });
