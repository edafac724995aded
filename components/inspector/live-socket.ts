import { Manager, type Socket } from "socket.io-client";
import {
  type HandshakeRefusal,
  LIVE_NAMESPACE,
  type LiveServerEvents,
  PING_INTERVAL_MS,
  SOCKET_PATH,
} from "#lib/contract/events.ts";

/** How long to wait before a refused handshake is tried again, when the server was only busy. */
const REFUSED_RETRY_MS = 3_000;
/** Without a ping for so long the way counts as cut: two of them are missing. */
export const SILENCE_MS_MAX = 2 * PING_INTERVAL_MS;

/** `message`: why, in the server's words. */
export type Refusal = HandshakeRefusal & { message: string };

export type LiveSignals = {
  connected: () => void;
  /** The way is cut; it is tried again without end. */
  disconnected: () => void;
  /** A ping came: the only sure sign that the way is open. */
  heard: () => void;
  /** The server refuses for good. */
  refused: (refusal: Refusal) => void;
};

export type LiveSocket = { close: () => void };

/** A socket on /live that resumes behind `after()` each time it connects. */
export function openLiveSocket(
  door: { bin: string } | { share: string },
  after: () => number,
  signals: LiveSignals,
  events: LiveServerEvents,
): LiveSocket {
  const manager = new Manager({
    path: SOCKET_PATH,
    transports: ["websocket"],
    reconnectionDelay: 300,
    reconnectionDelayMax: 4_000,
    timeout: 5_000,
  });
  const socket: Socket<LiveServerEvents> = manager.socket(LIVE_NAMESPACE, {
    auth: (send) => send({ ...door, after: after() }),
  });
  let retry: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;

  function hear() {
    heardAt = Date.now();
    signals.heard();
  }

  // A cut without a word: close what only looks alive, so that a new connection is tried.
  const watch = setInterval(() => {
    if (socket.connected && Date.now() - heardAt > SILENCE_MS_MAX) manager.engine.close();
  }, 1000);

  manager.on("ping", hear);
  socket.on("connect", () => {
    hear();
    signals.connected();
  });
  socket.on("disconnect", (reason) => {
    signals.disconnected();
    // The one case that socket.io does not try again by itself. After `gone` the owner has closed already.
    if (reason === "io server disconnect") retry = setTimeout(() => socket.connect(), jitter());
  });
  socket.on("connect_error", (error) => {
    signals.disconnected();
    const refusal = readRefusal(error);
    if (!refusal) return;
    if (refusal.status === 429 || refusal.status >= 500) {
      retry = setTimeout(() => socket.connect(), REFUSED_RETRY_MS + jitter());
    } else signals.refused(refusal);
  });
  socket.on("requests", events.requests);
  socket.on("answered", events.answered);
  socket.on("changed", events.changed);
  socket.on("removed", events.removed);
  socket.on("forward", events.forward);
  socket.on("listeners", events.listeners);
  socket.on("destinations", events.destinations);
  socket.on("bin", events.bin);
  socket.on("behind", events.behind);
  socket.on("gone", events.gone);

  return {
    close: () => {
      clearInterval(watch);
      clearTimeout(retry);
      socket.removeAllListeners();
      manager.removeAllListeners();
      socket.disconnect();
    },
  };
}

/** Spreads the reconnects of many pages after a restart of the server. */
const jitter = () => 300 + Math.random() * 700;

function readRefusal(error: Error): Refusal | null {
  if (!("data" in error) || typeof error.data !== "object" || error.data === null) return null;
  const { data } = error;
  if (!("code" in data) || !("status" in data)) return null;
  return typeof data.code === "string" && typeof data.status === "number"
    ? { code: data.code, status: data.status, message: error.message }
    : null;
}
