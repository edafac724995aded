import type { Bin } from "./bins.ts";
import type { Forward } from "./forwards.ts";
import type { Answered, RequestSummary } from "./requests.ts";

export const SOCKET_PATH = "/api/socket.io";
export const LIVE_NAMESPACE = "/live";

/** What /live takes at the handshake: a key, or the browser's cookie and nothing. `after` resumes behind that seq. */
export type LiveAuth = { bin: string; key?: string; after?: number };

/** What became of the answer to a request, with the time until it was stored. */
export type AnsweredEvent = { id: string; seq: number; answered: Answered; storedMs: number };

/** Which requests are no longer there: these, or all up to and with `through`. */
export type Removal = ({ seqs: number[] } | { through: number }) & { revision: number };

export type LiveServerEvents = {
  requests: (batch: { items: RequestSummary[]; lastSeq: number; revision: number }) => void;
  answered: (batch: { items: AnsweredEvent[] }) => void;
  removed: (removal: Removal) => void;
  forward: (forward: Forward) => void;
  bin: (bin: Bin) => void;
  listeners: (listeners: { items: never[] }) => void;
  /** Too slow, or too far behind: read the list, then go on from lastSeq. */
  behind: (position: { lastSeq: number; revision: number }) => void;
  /** The key was revoked or the bin deleted; the server disconnects next. */
  gone: (reason: { code: "key_revoked" | "bin_gone" }) => void;
};

/** `data` of a connect_error: the problem's code and status. */
export type HandshakeRefusal = { code: string; status: number };
