import type { DefaultEventsMap, Socket } from "socket.io";
import type { Grant } from "../access.ts";
import type { GoneCode, LiveServerEvents } from "../contract/events.ts";
import type { ShareRecord } from "../store/shares.ts";

/** Of one socket, what we hold for it: above it nothing more is pushed. One event is at most about 256 KiB. */
const BUFFERED_BYTES_MAX = 768 * 1024;
const BUFFERED_PACKETS_MAX = 512;

/** What the handshake found out about a socket. `session`: the browser's, when its cookie let it in, as hex. */
export type Admission = {
  grant: Pick<Grant, "binId" | "keyId">;
  session: string | null;
  /** What it may watch instead of the bin; null for the bin. */
  share: ShareRecord | null;
  after: number | undefined;
};

/** Of engine.io's socket, what it holds for the client: packets that wait, and bytes that the system has not taken. */
type Connection = {
  writeBuffer: readonly { data?: { length: number } }[];
  transport: {
    socket?: { bufferedAmount: number };
    on(event: "drain", callback: () => void): void;
  };
};

export type LiveSocket = Socket<DefaultEventsMap, LiveServerEvents, DefaultEventsMap, Admission>;

/**
 * One socket's place in its bin.
 * - `cursor`: it was handed everything up to this seq, and nothing above it.
 * - `told`: the revision that it heard last; null until its first event.
 * - `lost`: something could not be handed over. Nothing is, until it is told `behind`.
 * - `notBefore`: the time (performance.now()) before which it gets no more rows.
 */
export class Subscriber {
  readonly id: string;
  readonly keyId: string;
  readonly session: string | null;
  cursor: number;
  told: number | null = null;
  lost = false;
  notBefore = 0;
  readonly #socket: LiveSocket;
  readonly #connection: Connection;

  constructor(socket: LiveSocket, cursor: number) {
    this.#socket = socket;
    this.#connection = socket.conn as unknown as Connection;
    this.id = socket.id;
    this.keyId = socket.data.grant.keyId;
    this.session = socket.data.session;
    this.cursor = cursor;
  }

  /** False for a slow reader: what it has not read fills our memory. */
  hasRoom(): boolean {
    const { transport, writeBuffer } = this.#connection;
    if (writeBuffer.length > BUFFERED_PACKETS_MAX) return false;
    let bytes = transport.socket?.bufferedAmount ?? 0;
    for (const packet of writeBuffer) bytes += packet.data?.length ?? 0;
    return bytes <= BUFFERED_BYTES_MAX;
  }

  /** Calls back each time that the transport has handed its bytes to the system. */
  onDrain(callback: () => void): void {
    this.#connection.transport.on("drain", callback);
  }

  /** The end: the socket is told why and disconnected. */
  end(code: GoneCode): void {
    this.#socket.emit("gone", { code });
    this.#socket.disconnect(true);
  }
}
