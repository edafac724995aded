import { Manager, type Socket } from "socket.io-client";
import {
  type HandshakeRefusal,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  SOCKET_PATH,
} from "#lib/contract/events.ts";
import { whyNotConnected } from "./link-words.ts";

/** Without a sign of life for so long the way counts as cut. */
export const SILENCE_MS_MAX = PING_INTERVAL_MS + PING_TIMEOUT_MS;
const CONNECT_MS_MAX = 8_000;
const RETRY_MS = 300;
const RETRY_MS_MAX = 5_000;
/** After a refusal that says "later". */
const REFUSED_RETRY_MS = 3_000;
/** How long a leaving client waits for its last words to be sent. */
const LEAVE_MS = 1_000;
const WATCH_MS = 500;

type Signals<Connection> = {
  /** Attaches its listeners before anything can arrive. Each connection is a new socket: nothing of an old one reaches it. */
  opened: (connection: Connection) => void;
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
export function holdLink<Connection extends Socket>(
  { origin, namespace, auth }: Options,
  signals: Signals<Connection>,
): Link {
  let current: Attempt | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isClosed = false;

  function connect(): void {
    const attempt = new Attempt(origin, namespace, auth());
    current = attempt;
    attempt.onHeard = () => {
      failures = 0;
      signals.heard();
    };
    attempt.onDown = (reason) => {
      if (current !== attempt) return;
      current = null;
      signals.down(reason);
      again(pause(failures++));
    };
    attempt.onRefused = (refusal) => {
      if (current !== attempt) return;
      current = null;
      if (refusal.status !== 429 && refusal.status < 500) return signals.refused(refusal);
      signals.down(`the server is busy (${refusal.code})`);
      again(REFUSED_RETRY_MS + pause(0));
    };
    signals.opened(attempt.socket as Connection);
    attempt.start();
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

/** One connection, from its first try to its end. Says that it is down once, and nothing after that. */
class Attempt {
  readonly socket: Socket;
  onHeard = () => {};
  onDown = (_reason: string) => {};
  onRefused = (_refusal: HandshakeRefusal) => {};
  readonly #manager: Manager;
  #heardAt = Date.now();
  #isOver = false;

  constructor(origin: string, namespace: string, auth: object) {
    this.#manager = new Manager(origin, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      reconnection: false,
      autoConnect: false,
      timeout: CONNECT_MS_MAX,
    });
    this.socket = this.#manager.socket(namespace, { auth: { ...auth } });
  }

  start(): void {
    const { socket } = this;
    this.#manager.on("ping", () => this.#hear());
    socket.onAny(() => this.#hear());
    socket.on("connect", () => this.#hear());
    socket.on("connect_error", (error) => this.#fail(error));
    socket.on("disconnect", (reason) => this.#end(() => this.onDown(wordsOf(reason))));
    socket.connect();
  }

  /** Also while the connection is made: a server that is stopped takes a connection and says nothing. */
  checkSilence(): void {
    if (Date.now() - this.#heardAt <= SILENCE_MS_MAX) return;
    this.#end(() => this.onDown("it went silent"));
    this.drop();
  }

  drop(): void {
    this.#isOver = true;
    this.socket.removeAllListeners();
    this.socket.offAny();
    this.#manager.removeAllListeners();
    this.socket.disconnect();
  }

  async leave(): Promise<void> {
    this.#isOver = true;
    const { engine } = this.#manager;
    if (!this.socket.connected) return this.drop();
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, LEAVE_MS);
      engine.once("close", () => {
        clearTimeout(limit);
        resolve();
      });
      this.socket.disconnect();
    });
  }

  #hear(): void {
    if (this.#isOver) return;
    this.#heardAt = Date.now();
    this.onHeard();
  }

  #fail(error: Error): void {
    const refusal = readRefusal(error);
    this.#end(() => (refusal ? this.onRefused(refusal) : this.onDown(whyNotConnected(error))));
    this.drop();
  }

  #end(tell: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    tell();
  }
}

function wordsOf(reason: Socket.DisconnectReason): string {
  if (reason === "io server disconnect") return "the server ended the connection";
  return reason === "ping timeout" ? "it went silent" : "the connection was cut";
}

/** `data` of a connect_error; null when the way itself failed. */
function readRefusal(error: Error): HandshakeRefusal | null {
  if (!("data" in error) || typeof error.data !== "object" || error.data === null) return null;
  const { data } = error;
  if (!("code" in data) || !("status" in data)) return null;
  return typeof data.code === "string" && typeof data.status === "number"
    ? { code: data.code, status: data.status }
    : null;
}
