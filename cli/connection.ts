import { Manager, type Socket } from "socket.io-client";
import {
  type HandshakeRefusal,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  SOCKET_PATH,
} from "#lib/contract/events.ts";
import { whyNotConnected } from "./link-words.ts";

/** Without a sign of life for so long the way counts as cut. */
const SILENCE_MS_MAX = PING_INTERVAL_MS + PING_TIMEOUT_MS;
const CONNECT_MS_MAX = 8_000;
/** How long a leaving client waits for its last words to be sent. */
const LEAVE_MS = 1_000;

/** The server never compresses, so none is offered. The option's type does not know the `false` of its documentation. */
const UNCOMPRESSED: object = { perMessageDeflate: false };

/** One connection, from its first try to its end. Says that it is down once, and nothing after that. */
export class Connection {
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
      ...UNCOMPRESSED,
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
