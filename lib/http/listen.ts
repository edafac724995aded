import http from "node:http";
import net from "node:net";
import type { HeadArrival } from "../capture/handler.ts";
import { noteAccepted, takeHeadMs } from "./connection-start.ts";
import { mayWaitInPipeline } from "./pipeline.ts";
import { refuseUnparsed } from "./problem.ts";

const HEAD_BYTES_MAX = 64 * 1024;
const CONNECTIONS_MAX = 10_000;

type Handlers = {
  request: (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    arrival: HeadArrival,
  ) => void;
  upgrade: (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => void;
  /** Only our own socket paths may upgrade: any other Upgrade header would carry a capture past the handler. */
  shouldUpgrade: (request: http.IncomingMessage) => boolean;
};

/** The HTTP server, with the parser set to take everything that it can take. */
export function createHttpServer(handlers: Handlers): http.Server {
  const server = http.createServer({
    requireHostHeader: false,
    maxHeaderSize: HEAD_BYTES_MAX,
    headersTimeout: 15_000,
    // Only for a file that is imported. Capture has its own 60 s, and lib/http/arrival.ts cuts all the rest.
    requestTimeout: 3_600_000,
    connectionsCheckingInterval: 1_000,
    // Above the idle time of common proxies (60 s), so that they never meet a connection that is closing.
    keepAliveTimeout: 65_000,
    shouldUpgradeCallback: handlers.shouldUpgrade,
  });
  server.maxHeadersCount = 0;
  server.maxConnections = CONNECTIONS_MAX;
  const take =
    (expectsContinue: boolean) =>
    (request: http.IncomingMessage, response: http.ServerResponse): void => {
      // Without a socket of its own yet, it waits behind another one on its connection.
      if (response.socket === null && !mayWaitInPipeline(request, response)) return;
      const headMs = takeHeadMs(request.socket, performance.now());
      handlers.request(request, response, { expectsContinue, headMs });
    };
  // Those of the second listener on localhost are emitted here as well.
  server.on("connection", (socket) => noteAccepted(socket, performance.now()));
  server.on("request", take(false));
  server.on("checkContinue", take(true));
  // Any other Expect would be answered 417: captured like every other request instead.
  server.on("checkExpectation", take(false));
  server.on("upgrade", (request, socket, head) =>
    handlers.upgrade(request, socket as net.Socket, head),
  );
  server.on("connect", (_, socket) => {
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  server.on("clientError", refuseUnparsed);
  return server;
}

export type Listening = { port: number; close(): void };

/** Listens on HOST; "localhost" is both 127.0.0.1 and ::1, on one port. Port 0 takes a free one. */
export async function listen(server: http.Server, host: string, port: number): Promise<Listening> {
  if (host !== "localhost")
    return { port: await bind(server, host, port), close: () => server.close() };
  const chosen = await bind(server, "127.0.0.1", port);
  const second = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    server.emit("connection", socket),
  );
  await bind(second, "::1", chosen).catch((error: NodeJS.ErrnoException) => {
    // A machine without IPv6 has no ::1.
    if (error.code !== "EADDRNOTAVAIL" && error.code !== "EAFNOSUPPORT") throw error;
  });
  return {
    port: chosen,
    close: () => {
      server.close();
      second.close();
    },
  };
}

function bind(server: net.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
