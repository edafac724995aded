import net, { type AddressInfo } from "node:net";

export type RawSink = {
  origin: string;
  host: string;
  /** The exact bytes of the next request that came, once it is whole. */
  next(): Promise<Buffer>;
  close(): Promise<void>;
};

const END = Buffer.from("\r\n\r\n");
const PREFLIGHT = /^OPTIONS [^]*\r\naccess-control-request-method:/i;

type SinkOptions = {
  /** Sent with each answer, as a page needs it. Its preflights are answered, and are no requests that came. */
  headers?: readonly [string, string][];
};

/** A server that keeps each connection's bytes as they came and parses only as much as it must to know their end. */
export async function startRawSink({ headers = [] }: SinkOptions = {}): Promise<RawSink> {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const answer = `HTTP/1.1 200 OK\r\n${lines}Content-Length: 2\r\nConnection: close\r\n\r\nok`;
  const messages: Buffer[] = [];
  const waiting: ((message: Buffer) => void)[] = [];
  const server = net.createServer((socket) => {
    const pieces: Buffer[] = [];
    let size = 0;
    let needed = 0;
    socket.on("error", () => {});
    socket.on("data", (piece) => {
      pieces.push(piece);
      size += piece.byteLength;
      if (size < needed) return;
      const bytes = Buffer.concat(pieces);
      needed = bytesNeeded(bytes);
      if (size < needed) return;
      socket.end(answer);
      if (headers.length > 0 && PREFLIGHT.test(bytes.toString("latin1"))) return;
      const take = waiting.shift();
      if (take) take(bytes);
      else messages.push(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    next: () => {
      const message = messages.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** How many bytes the message has at least, as far as these show. */
function bytesNeeded(bytes: Buffer): number {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return bytes.byteLength + 1;
  const head = bytes.subarray(0, headEnd).toString("latin1");
  const bodyAt = headEnd + 4;
  if (/^transfer-encoding:.*chunked/im.test(head)) return chunksNeeded(bytes, bodyAt);
  return bodyAt + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
}

function chunksNeeded(bytes: Buffer, bodyAt: number): number {
  let at = bodyAt;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return bytes.byteLength + 1;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    // The last chunk: its trailers, if any, and an empty line end the message.
    if (size === 0) return bytes.subarray(-4).equals(END) ? bytes.byteLength : bytes.byteLength + 1;
    at = lineEnd + 2 + size + 2;
    if (at > bytes.byteLength) return at;
  }
}
