import type { Socket } from "socket.io-client";
import type { HandshakeRefusal } from "#lib/contract/events.ts";
import { Connection } from "./connection.ts";

const RETRY_MS = 300;
const RETRY_MS_MAX = 5_000;
/** After a refusal that says "later". */
const REFUSED_RETRY_MS = 3_000;
const WATCH_MS = 500;

type Signals<Of extends Socket> = {
  /** Attaches its listeners before anything can arrive. Each connection is a new socket: nothing of an old one reaches it. */
  opened: (socket: Of) => void;
  /** The server was heard. */
  heard: () => void;
  /** The connection ended, or did not come to be; why, in words for a person. */
  down: (reason: string) => void;
  /** The server refuses for good. */
  refused: (refusal: HandshakeRefusal) => void;
};

export type Link = {
  /** Ends the connection and makes a new one. */
  renew: () => void;
  /** Leaves: what was handed to the socket is sent, and no new connection is made. */
  close: () => Promise<void>;
};

type Options = {
  origin: string;
  namespace: string;
  /** Asked before each connection. */
  auth: () => object;
};

/**
 * A socket.io connection that is made again for ever, over WebSocket only. socket.io's own way of coming back keeps one
 * socket object, over which an acknowledgement from before the cut could settle a delivery of after it: here each
 * connection is a new one. Silence is measured by the wall clock, since a process that was stopped or a machine that slept has
 * timers that know nothing of it.
 */
export function holdLink<Of extends Socket>(
  { origin, namespace, auth }: Options,
  signals: Signals<Of>,
): Link {
  let current: Connection | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isClosed = false;

  function connect(): void {
    const connection = new Connection(origin, namespace, auth());
    current = connection;
    connection.onHeard = () => {
      failures = 0;
      signals.heard();
    };
    connection.onDown = (reason) => {
      if (current !== connection) return;
      current = null;
      signals.down(reason);
      again(pause(failures++));
    };
    connection.onRefused = (refusal) => {
      if (current !== connection) return;
      current = null;
      if (refusal.status !== 429 && refusal.status < 500) return signals.refused(refusal);
      signals.down(`the server is busy (${refusal.code})`);
      again(REFUSED_RETRY_MS + pause(0));
    };
    signals.opened(connection.socket as Of);
    connection.start();
  }

  function again(ms: number): void {
    if (isClosed) return;
    clearTimeout(retry);
    retry = setTimeout(connect, ms);
  }

  const watch = setInterval(() => current?.checkSilence(), WATCH_MS);
  connect();

  return {
    renew: () => {
      const old = current;
      current = null;
      old?.drop();
      again(0);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      clearInterval(watch);
      const last = current;
      current = null;
      await last?.leave();
    },
  };
}

/** Doubles up to its limit, and is spread, so that a restarted server is not met by all at once. */
const pause = (failures: number) =>
  Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
