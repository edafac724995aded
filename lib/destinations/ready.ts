import { forwardIdsOf } from "../forward/circle.ts";
import type { SecretsOf } from "../forward/resign.ts";
import type { ForwardRoom } from "../forward/room.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { AddedHeaders } from "../secrets/added-headers.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { DueForward, Hold, TurnView } from "../store/turns.ts";
import { type Prepared, prepare, type Sendable, type Unsendable } from "./prepare.ts";

/** Beside its body a forward holds the kept part of the answer. */
const ANSWER_ROOM_BYTES = 256 * 1024;

export type ReadyParts = {
  store: Pick<DestinationStore, "bury" | "drop" | "hasSent">;
  /** Bounds what attempts under way hold in memory, by destination. */
  room: ForwardRoom;
  /** Null when it is not there any more. */
  body: (binId: string, requestId: string) => Promise<Buffer | null>;
  secretsOf: SecretsOf;
  /** Null when no key opens them. */
  openHeaders: AddedHeaders["open"];
};

/** A forward that can be sent now. `leave` gives its room back. */
export type Ready = { due: DueForward; prepared: Prepared; leave: () => void };

type ReadyView = Pick<TurnView, "binId" | "settings" | "added" | "isOnce" | "isStopped" | "nowMs">;

/** Makes a forward ready to be sent, or ends it. Null when it is dead, or not there any more. */
export async function makeReady(
  parts: ReadyParts,
  hold: Hold,
  due: DueForward,
  { binId, settings, added, isOnce, isStopped, nowMs }: ReadyView,
): Promise<Ready | "no room" | null> {
  const { store, room } = parts;
  const { forwardId, request } = due;
  // What came of its last attempt is not known, or it waited for another one when it was stopped.
  if (isOnce && due.tries >= settings.retry.maxAttempts) {
    await store.bury(hold, [{ forwardId, reason: isStopped ? "stopped" : "interrupted" }]);
    return null;
  }
  const isTooOld = nowMs - due.sinceMs > settings.retry.maxAgeSeconds * 1000;
  if (isTooOld) await store.bury(hold, [{ forwardId, reason: "age" }]);
  if (isTooOld || !request) return null;
  if (!isOnce && (await isBack(store, hold, request))) {
    await store.bury(hold, [{ forwardId, reason: "in_circle" }]);
    return null;
  }
  const add = parts.openHeaders({ binId, rowId: hold.destinationId }, added);
  if (!add) {
    await store.bury(hold, [{ forwardId, reason: "headers_lost" }]);
    return null;
  }
  const leave = await room.enter(hold.destinationId, request.bodySize + ANSWER_ROOM_BYTES);
  if (!leave) return "no room";
  try {
    const prepared = await prepareWhole(parts, due, request, { ...settings, add });
    if (prepared && !("dead" in prepared)) return { due, prepared, leave };
    if (prepared) await store.bury(hold, [{ forwardId, reason: prepared.dead }]);
    else await store.drop(hold, [forwardId]);
  } catch (error) {
    leave();
    throw error;
  }
  leave();
  return null;
}

/**
 * Whether it comes from a forward of this very destination. The number of hops alone would end a circle too late: three
 * destinations that lead back to their bin make 88,000 requests of one within ten rounds.
 */
async function isBack(
  store: ReadyParts["store"],
  { destinationId }: Hold,
  { headers }: CapturedRequest,
): Promise<boolean> {
  const ids = forwardIdsOf(headers);
  return ids.length > 0 && (await store.hasSent(destinationId, ids));
}

/** A large body is read only now. */
async function prepareWhole(
  { body: read, secretsOf }: ReadyParts,
  { forwardId, body: inline }: DueForward,
  request: CapturedRequest,
  settings: Sendable["settings"],
): Promise<Prepared | Unsendable | null> {
  const isEmpty = request.bodySize === 0;
  const body = inline ?? (isEmpty ? Buffer.alloc(0) : await read(request.binId, request.id));
  return body && prepare({ forwardId, request, body, settings, secretsOf });
}
