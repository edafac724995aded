import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import { PING_INTERVAL_MS, PING_TIMEOUT_MS } from "../contract/events.ts";
import { HooklensError } from "../errors.ts";
import { refusal } from "./door.ts";

/** Half of the connections that the server takes: captures must always find room. */
const SOCKETS_MAX = 5_000;
/** Enough for a handshake. Who has shown a key and sends more is allowed more (message-limit.ts). */
const MESSAGE_BYTES_MAX = 4_096;
const HANDSHAKE_MS_MAX = 10_000;

type EngineRequest = Parameters<Engine["handleUpgrade"]>[0];

export type Sockets = ReturnType<typeof createSockets>;

/** The one socket server: each namespace is a room's own (lib/live, lib/relay). WebSocket only. */
export function createSockets() {
  const engine = new Engine({
    transports: ["websocket"],
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
  });
  const io = new Server({ serveClient: false, connectTimeout: HANDSHAKE_MS_MAX });
  io.bind(engine);
  // socket.io opens this namespace by itself; nothing lives there.
  io.use((_socket, next) => {
    next(refusal(new HooklensError("not_found", "Nothing lives in this namespace.")));
  });

  return {
    io,

    /** Plain HTTP under the sockets' path: refused, since only WebSocket is spoken there. */
    handleRequest(request: IncomingMessage, response: ServerResponse): void {
      engine.handleRequest(request as EngineRequest, response);
    },

    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (engine.clientsCount < SOCKETS_MAX) {
        engine.handleUpgrade(request as EngineRequest, socket, head);
      } else {
        socket.end(
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n\r\n",
        );
      }
    },

    /** Closes the sockets; their clients come back, to whichever process answers then. */
    async stop(): Promise<void> {
      await io.close();
    },
  };
}
