import { type Grant, readCredential } from "../access.ts";
import { LISTENERS_CONNECTED_MAX, LISTENERS_KEPT_MAX } from "../contract/relay.ts";
import { type RelayAuth, relayAuthSchema } from "../contract/relay-schemas.ts";
import { HooklensError } from "../errors.ts";
import { authorizeSocket, type DoorParts } from "../sockets/door.ts";
import { allowMessages } from "../sockets/message-limit.ts";
import type { Store } from "../store/store.ts";
import type { RelaySocket } from "./session.ts";
import type { Sessions } from "./sessions.ts";

const DEFAULT_NAME = "listener";
/** An acknowledgement's longest part: its head, or 256 KiB of body. */
const MESSAGE_BYTES_MAX = 512 * 1024;

/** Of one process: each holds at least one request in memory. */
const LISTENERS_MAX = 1_000;
/** Of all of a listener's targets: they go to every page again and again. */
const TARGETS_LENGTH_MAX = 2_000;

/** What the handshake found out about a socket. */
export type RelayAdmission = {
  grant: Pick<Grant, "binId" | "keyId">;
  name: string;
  start: NonNullable<RelayAuth["start"]>;
  targets: string[];
  version: string;
  /** Null for a client that does not tell its processes apart. */
  instance: string | null;
  maxAgeSeconds: number | null;
};

type AdmitParts = DoorParts & {
  sessions: Sessions;
  listeners: Pick<Store["listeners"], "othersOf">;
};

/**
 * Who may listen: who shows a key; never a browser's cookie.
 * @throws invalid_fields, cross_site, unauthenticated, forbidden, bin_not_found, bin_gone, rate_limited
 */
export async function admit(parts: AdmitParts, socket: RelaySocket): Promise<void> {
  const parsed = relayAuthSchema.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HooklensError(
      "invalid_fields",
      `auth is not as it should be at "${issue?.path.join(".")}": ${issue?.message}.`,
    );
  }
  const { bin, key, name = DEFAULT_NAME, start = "cursor" } = parsed.data;
  const { targets = [], version = "", maxAgeSeconds = null, instance = null } = parsed.data;
  const shown = shorten(targets);
  const credential = readCredential({ authorization: `Bearer ${key}` });
  const { binId, keyId } = await authorizeSocket(parts, socket, bin, credential);
  if (parts.sessions.count >= LISTENERS_MAX) {
    throw new HooklensError("no_room", `This process has ${LISTENERS_MAX} listeners: try again.`);
  }
  if (parts.sessions.of(binId).length >= LISTENERS_CONNECTED_MAX) {
    throw tooMany(
      `A bin takes ${LISTENERS_CONNECTED_MAX} listeners at once: end another one first.`,
    );
  }
  if ((await parts.listeners.othersOf(binId, name)) >= LISTENERS_KEPT_MAX) {
    throw tooMany(`A bin remembers ${LISTENERS_KEPT_MAX} listeners: remove one on its page first.`);
  }
  allowMessages(socket, MESSAGE_BYTES_MAX);
  socket.data = {
    grant: { binId, keyId },
    name,
    start,
    targets: shown,
    version,
    instance,
    maxAgeSeconds,
  };
}

const tooMany = (detail: string) => new HooklensError("rate_limited", detail);

/** As many targets from the front as pages are shown; the first is cut when it alone is too long. */
function shorten(targets: readonly string[]): string[] {
  let left = TARGETS_LENGTH_MAX;
  const end = targets.findIndex((target) => {
    left -= target.length;
    return left < 0;
  });
  if (end === 0) return [`${targets[0]?.slice(0, TARGETS_LENGTH_MAX)}…`];
  return targets.slice(0, end === -1 ? undefined : end);
}
