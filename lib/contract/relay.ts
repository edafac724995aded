import type { Outcome, RelayAuth } from "./relay-schemas.ts";
import type { CapturedRequest } from "./requests.ts";

/*
 * What a client of /relay does: a listener, a machine that takes a bin's requests to its localhost.
 *
 *  1. Connect with a RelayAuth (`auth` of the handshake). A listener is (bin, name): the server keeps its cursor, a seq,
 *     for 7 days after it was last heard. Its first connect makes it, at the bin's last seq.
 *  2. The first event is `welcome`. A process that comes back says `start: "cursor"` and gets all it missed; one that
 *     begins says "now" (pass over what was missed), "latest" (all of it but the newest one) or "cursor".
 *  3. `deliver`: take the request to its target, then call `acknowledge` once, with what came of it. Those of the stream
 *     come one at a time by ascending seq; the next comes after the acknowledgement, which moves the cursor. Those that a
 *     person asked for (`asked: true`) come beside the stream, several at a time.
 *  4. A body that is null and not empty is over 256 KiB: GET /api/bins/{bin}/requests/{id}/body with the key.
 *  5. No acknowledgement in ACKNOWLEDGE_MS, or the connection lost: it comes again with the same forwardId and the next
 *     attempt number. `working` puts that off, each time by as much: for a slow line, a slow handler, a breakpoint.
 *     A forwardId that was done already is acknowledged again from memory, not done again.
 *  6. `passed`: requests of the stream that will not come, and why. They count as handed over.
 *  7. `replaced`: the same name connected elsewhere; `gone`: the key was revoked, or the bin is gone, or the listener was
 *     removed. Both are the end: the server disconnects.
 *  8. connect_error as in /live (HandshakeRefusal): with 429 and 5xx try again after a pause, else it is the end.
 *  9. Pings come every PING_INTERVAL_MS; without one for PING_INTERVAL_MS + PING_TIMEOUT_MS the way is cut.
 */

export const RELAY_NAMESPACE = "/relay";
export const ACKNOWLEDGE_MS = 60_000;
/** Longer bodies are not pushed but fetched. */
export const RELAY_BODY_BYTES_MAX = 256 * 1024;
/** A listener that was not heard for so long is forgotten, with its cursor. */
export const LISTENER_KEPT_DAYS = 7;
/** Of one bin: remembered, and connected at once. More are refused (429): they would have to be forgotten unsaid. */
export const LISTENERS_KEPT_MAX = 200;
export const LISTENERS_CONNECTED_MAX = 50;
/** The longest that a sender can be made to wait for a listener's own answer. */
export const LISTENER_WAIT_MS_MAX = 25_000;

export type Welcome = {
  name: string;
  /** Everything up to here was handed over, or is passed over now. */
  cursor: number;
  lastSeq: number;
  /** Requests above the cursor that are there: what comes first. */
  missed: number;
  /** Requests between the old cursor and the new one that are there and will not come, as `start` asked for. */
  passedOver: number;
  captureUrl: string;
  dashboardUrl: string;
};

export type Delivery = {
  /** The same over all tries of this request through this listener. */
  forwardId: string;
  /** 1, 2, ...: which try it is. */
  attempt: number;
  /** A person asked for it on the page or over the API: it is beside the stream. */
  asked: boolean;
  /** The captured path and query follow the target's. */
  append: boolean;
  /** What became of its answer is left out: `answered` and `timing.storedMs` are null. */
  request: CapturedRequest;
  /** Null when it has over RELAY_BODY_BYTES_MAX, or when it is empty. */
  body: Uint8Array | null;
  /** What a person changed before it was forwarded; `body` above is the captured one. */
  edit: DeliveryEdit | null;
};

export type DeliveryEdit = {
  method?: string | undefined;
  target?: string | undefined;
  headers?: [string, string][] | undefined;
  bodyBase64?: string | undefined;
};

/**
 * `removed`: by a person, retention or a cap, before it could be handed over. `too_old`: missed, and older than the
 * listener wanted. `body_incomplete`: not captured whole. `in_circle`: it was forwarded ten times before.
 * `imported`: read from a file, and not sent now.
 */
export type PassedReason = "removed" | "too_old" | "body_incomplete" | "in_circle" | "imported";

/** `count` requests from seq `from` to seq `through`. */
export type Passed = { from: number; through: number; count: number; why: PassedReason };

export type RelayGoneCode = "key_revoked" | "bin_gone" | "listener_removed";

export type RelayServerEvents = {
  welcome: (welcome: Welcome) => void;
  deliver: (delivery: Delivery, acknowledge: (outcome: Outcome) => void) => void;
  passed: (passed: Passed) => void;
  /** The bin is known to be this far; for "n behind". At most every second. */
  head: (head: { lastSeq: number }) => void;
  replaced: () => void;
  gone: (reason: { code: RelayGoneCode }) => void;
};

export type RelayClientEvents = {
  working: (work: { forwardId: string }) => void;
};

export type { Outcome, RelayAuth };
