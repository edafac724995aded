import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type RawAnswer = { status: number; head: string; body: string };

/** `closed`: the connection ended without a whole answer. `silent`: none came in time. */
export type Answer = RawAnswer | "closed" | "silent";

const ANSWER_MS_MAX = 40_000;
const RECONNECT_MS = 20;

/** A keep-alive connection for hand-made requests, one at a time: the sender decides what goes out and when. */
export class HttpConnection {
  readonly #socket: net.Socket;
  #received = Buffer.alloc(0);
  #wake = () => {};
  #isEnded = false;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("data", (piece) => {
      this.#received = Buffer.concat([this.#received, piece]);
      this.#wake();
    });
    for (const event of ["end", "close"]) {
      socket.on(event, () => {
        this.#isEnded = true;
        this.#wake();
      });
    }
  }

  /** `from`: one of this machine's loopback addresses, for a sender of another address. */
  static async open(port: number, from = "127.0.0.1"): Promise<HttpConnection> {
    const socket = net.connect({ port, host: "127.0.0.1", localAddress: from, noDelay: true });
    await once(socket, "connect");
    return new HttpConnection(socket);
  }

  /** Whether the server ended it: the next request needs another one. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Hands bytes to the kernel; resolves when it has taken them or the connection ended. */
  write(bytes: Buffer | string): Promise<void> {
    this.#isEnded ||= !this.#socket.writable;
    return new Promise((resolve) => {
      this.#socket.write(bytes, () => resolve());
    });
  }

  /** The next final answer. */
  async answer(msMax = ANSWER_MS_MAX): Promise<Answer> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#wake();
    }, msMax);
    try {
      for (;;) {
        const answer = this.#takeAnswer();
        if (answer) return this.#note(answer);
        if (this.#isEnded) return "closed";
        if (isLate) return "silent";
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async request(bytes: Buffer | string, msMax = ANSWER_MS_MAX): Promise<Answer> {
    void this.write(bytes);
    return this.answer(msMax);
  }

  close(): void {
    this.#socket.destroy();
    this.#isEnded = true;
    this.#wake();
  }

  #note(answer: RawAnswer): RawAnswer {
    if (/^connection: close/im.test(answer.head)) this.#isEnded = true;
    return answer;
  }

  /** Cuts one whole answer off what has come; interim ones (100) are passed over. */
  #takeAnswer(): RawAnswer | null {
    for (;;) {
      const headEnd = this.#received.indexOf("\r\n\r\n");
      if (headEnd < 0) return null;
      const head = this.#received.subarray(0, headEnd).toString("latin1");
      const status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (this.#received.byteLength < end) return null;
      const body = this.#received.subarray(headEnd + 4, end).toString();
      this.#received = this.#received.subarray(end);
      if (status >= 200) return { status, head, body };
    }
  }
}

/** One request at a time, on another connection whenever the server has ended the last one. */
export class Sender {
  readonly #port: number;
  readonly #from: string;
  #connection: HttpConnection | null = null;

  constructor(port: number, from = "127.0.0.1") {
    this.#port = port;
    this.#from = from;
  }

  async send(bytes: Buffer | string): Promise<Answer> {
    this.#connection ??= await HttpConnection.open(this.#port, this.#from).catch(() => null);
    if (!this.#connection) {
      await sleep(RECONNECT_MS);
      return "closed";
    }
    const answer = await this.#connection.request(bytes);
    if (answer === "silent" || this.#connection.isEnded) this.close();
    return answer;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }
}

/** A POST with a body of known length. `path` is a bin's id and whatever follows it. */
export function postTo(
  path: string,
  body: Buffer | string,
  headers: readonly string[] = [],
): Buffer {
  const lines = [
    `POST /in/${path} HTTP/1.1`,
    "Host: localhost",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);
}

export function headerOf(answer: Answer, name: string): string | null {
  if (typeof answer === "string") return null;
  const value = new RegExp(`^${name}: *(.*)$`, "im").exec(answer.head)?.[1];
  return value?.trim() ?? null;
}

export const statusOf = (answer: Answer): number | string =>
  typeof answer === "string" ? answer : answer.status;
