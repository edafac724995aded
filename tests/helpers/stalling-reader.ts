import { randomBytes } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import {
  LIVE_NAMESPACE,
  type LiveEvent,
  type LivePayload,
  SOCKET_PATH,
} from "#lib/contract/events.ts";

const CLOSE = 0x88;
const PONG = "3";
/** Below the server's patience: who stops reading sees no ping, but may still send pongs. */
const PONG_EVERY_MS = 3_000;

/** A WebSocket client on a bare TCP socket, so that it can really stop reading. */
export class StallingReader {
  readonly events: { event: LiveEvent; payload: LivePayload<LiveEvent> }[] = [];
  bytes = 0;
  /** What the server said of its pings and limits when it opened the connection. */
  opened: unknown = null;
  /** Called when the connection is open, after the handshake is sent. */
  onOpen: () => void = () => undefined;
  readonly #socket: net.Socket;
  readonly #auth: object;
  readonly #pongs: NodeJS.Timeout;
  #buffer = Buffer.alloc(0);
  #isUpgraded = false;

  constructor(port: number, auth: object) {
    this.#socket = net.connect(port, "127.0.0.1");
    this.#socket.on("data", (chunk) => this.#read(chunk));
    this.#socket.on("error", () => this.#socket.destroy());
    this.#socket.write(
      `GET ${SOCKET_PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
        `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
    this.#auth = auth;
    this.#pongs = setInterval(() => this.#send(PONG), PONG_EVERY_MS);
  }

  all<Event extends LiveEvent>(event: Event): LivePayload<Event>[] {
    return this.events
      .filter((each) => each.event === event)
      .map((each) => each.payload as LivePayload<Event>);
  }

  get isClosed(): boolean {
    return this.#socket.closed;
  }

  handshake(auth: object): void {
    this.#send(`40${LIVE_NAMESPACE},${JSON.stringify(auth)}`);
  }

  stall(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  async close(): Promise<void> {
    clearInterval(this.#pongs);
    if (this.#socket.closed) return;
    this.#socket.destroy();
    await once(this.#socket, "close");
  }

  /** One masked text frame (RFC 6455 5.2). */
  #send(text: string): void {
    const payload = Buffer.from(text);
    const mask = randomBytes(4);
    for (let index = 0; index < payload.length; index++) {
      payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
    }
    const head = payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, 0, 0];
    const header = Buffer.from(head);
    if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, mask, payload]));
  }

  #read(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    if (!this.#isUpgraded) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#buffer = this.#buffer.subarray(end + 4);
    }
    for (let text = this.#nextFrame(); text !== null; text = this.#nextFrame()) this.#hear(text);
  }

  #nextFrame(): string | null {
    const buffer = this.#buffer;
    if (buffer.length < 2) return null;
    const short = (buffer[1] ?? 0) & 0x7f;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (buffer.length < start) return null;
    const length =
      short === 126
        ? buffer.readUInt16BE(2)
        : short === 127
          ? Number(buffer.readBigUInt64BE(2))
          : short;
    if (buffer.length < start + length) return null;
    this.#buffer = buffer.subarray(start + length);
    if (buffer[0] === CLOSE) this.#socket.end();
    return buffer.toString("utf8", start, start + length);
  }

  #hear(text: string): void {
    if (text.startsWith("0")) {
      this.opened = JSON.parse(text.slice(1));
      this.handshake(this.#auth);
      this.onOpen();
    }
    const json = new RegExp(`^42${LIVE_NAMESPACE},(.*)$`, "s").exec(text)?.[1];
    if (json === undefined) return;
    const [event, payload] = JSON.parse(json);
    this.events.push({ event, payload });
  }
}
