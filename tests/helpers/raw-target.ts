import { once } from "node:events";
import net from "node:net";
import os from "node:os";

/** Some containers have no IPv6 at all. */
export const hasIpv6 = Object.values(os.networkInterfaces())
  .flat()
  .some((one) => one?.address === "::1");

export type RawTarget = {
  port: number;
  /** What came over each connection, in their order. */
  received(): Buffer[];
  connections(): number;
  close(): Promise<void>;
};

type Options = { host?: string; port?: number; onConnection?: (socket: net.Socket) => void };

/** A TCP server that keeps every byte it gets and answers as the test says. */
export async function startRawTarget({
  host = "127.0.0.1",
  port = 0,
  onConnection = () => {},
}: Options = {}): Promise<RawTarget> {
  const sockets = new Set<net.Socket>();
  const received: Buffer[][] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const pieces: Buffer[] = [];
    received.push(pieces);
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
    if (socket.isPaused()) return;
    socket.on("data", (bytes) => pieces.push(bytes));
  });
  server.listen(port, host);
  await once(server, "listening");
  return {
    port: (server.address() as net.AddressInfo).port,
    received: () => received.map((pieces) => Buffer.concat(pieces)),
    connections: () => received.length,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers as soon as the head of a request has come. */
export const answering =
  (answer: string | Buffer, { end = true } = {}) =>
  (socket: net.Socket): void => {
    let head = "";
    socket.on("data", (bytes) => {
      const before = head.includes("\r\n\r\n");
      head += bytes.toString("latin1");
      if (before || !head.includes("\r\n\r\n")) return;
      if (end) socket.end(answer);
      else socket.write(answer);
    });
  };
