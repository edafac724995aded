import type { Bin } from "./bins.ts";
import type { Destination } from "./destinations.ts";
import type { Forward } from "./forwards.ts";
import type { Listener } from "./listeners.ts";
import type { Answered, RequestResponse, RequestSummary } from "./requests.ts";

/*
 * What a client of /live does. It keeps rows by seq, `lastSeq` (it was given all up to here) and `revision` (it has
 * taken away all that was removed up to there). Events keep their order, and none brings a row back that was removed.
 *
 *  1. Connect: without `after` when it has nothing, else with `after: lastSeq`. The first event is `requests` (often with
 *     no items) or `behind`; both tell where the server stands. The very first time: take lastSeq and revision, load.
 *  2. `requests`: put the items in by seq, take lastSeq. Another revision than one's own: take it, load.
 *  3. `removed`: take the rows out. Revision one above one's own: take it. Higher: one was missed; take it, load. Else:
 *     it was known already.
 *  4. `behind`: rows up to its lastSeq will not be pushed. Take lastSeq and revision, load.
 *  5. To load is to read the list over HTTP, begun after the event that asked for it, and to put it in the place of all
 *     rows. `requests`, `removed` and `answered` that came while it was read are applied to it again, in their order.
 *  6. `answered`: set it on the row; no row, nothing to do. It never comes before its row.
 *     `changed`: put the row in the place of the one with its seq; no row, nothing to do.
 *  7. `answered`, `changed`, `forward`, `destinations` and `bin` are not kept for who is away or `behind`: then read again what is on the screen and
 *     may have changed (rows without `answered`, the open request's forwards, the bin).
 *  8. `gone`: the end; the server disconnects and a new try would be refused.
 *  9. connect_error with `data` (a HandshakeRefusal): socket.io does not try again by itself. Status 429 and 5xx: connect()
 *     again after a pause. Else: the end. Without `data` the way is cut; socket.io tries again.
 * 10. Only pings say that the way is open: they come every PING_INTERVAL_MS. Clients send nothing.
 */

export const SOCKET_PATH = "/api/socket.io";
export const LIVE_NAMESPACE = "/live";
export const PING_INTERVAL_MS = 5_000;
export const PING_TIMEOUT_MS = 8_000;

/** What became of the answer to a request, with the time until it was stored. */
export type AnsweredEvent = {
  id: string;
  seq: number;
  answered: Answered;
  storedMs: number;
  /** What was answered, when that was a listener's answer and not the one that was stored with the request. */
  response?: RequestResponse;
};

/**
 * Which requests are no longer there: these, or all up to and with `through`, but for those that are pinned: all of them
 * are in `kept`, which is absent when there are none.
 */
export type Removal = ({ seqs: number[] } | { through: number; kept?: number[] }) & {
  revision: number;
};

export const isRemoved = (removal: Removal, seq: number): boolean =>
  "through" in removal
    ? seq <= removal.through && !removal.kept?.includes(seq)
    : removal.seqs.includes(seq);

/** Where the server stands with this socket: all up to lastSeq was handed over, removals up to revision were told. */
export type Position = { lastSeq: number; revision: number };

/** Why it ends: the key was revoked, the browser forgot the bin, the bin was deleted or has expired, or a share ended. */
export type GoneCode = "key_revoked" | "forgotten" | "bin_gone" | "share_gone";

export type LiveServerEvents = {
  /** Ascending, at most 200; the first at once, then at most every 50 ms. Empty when only the position is told. */
  requests: (batch: Position & { items: RequestSummary[] }) => void;
  answered: (batch: { items: AnsweredEvent[] }) => void;
  removed: (removal: Removal) => void;
  /** Rows that are not as they were pushed any more. */
  changed: (batch: { items: RequestSummary[] }) => void;
  forward: (forward: Forward) => void;
  bin: (bin: Bin) => void;
  /** All of the bin's listeners: after the first event, on each change, and every few seconds while one is connected. */
  listeners: (listeners: { items: Listener[] }) => void;
  /** All of the bin's destinations, when one of them has changed, or how it stands; at most every second. */
  destinations: (destinations: { items: Destination[] }) => void;
  /** The socket read too slowly, `after` was more than 1,000 behind, or a filter's share may show other rows than before. */
  behind: (position: Position) => void;
  gone: (reason: { code: GoneCode }) => void;
};

export type LiveEvent = keyof LiveServerEvents;
export type LivePayload<Event extends LiveEvent> = Parameters<LiveServerEvents[Event]>[0];

/** `data` of a connect_error: the problem's code and status. */
export type HandshakeRefusal = { code: string; status: number };
