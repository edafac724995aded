import { EventEmitter } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import next from "next";
import type { Config } from "../config.ts";

export type Pages = {
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** The dev server's reloading; Next takes no upgrade in production. */
  handleUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
  close: () => Promise<void>;
};

/**
 * Next, as a request handler. It gets a dummy server: on the real one it would add an upgrade listener of its own and
 * see, and sometimes end, the sockets of ours.
 */
export async function preparePages(config: Pick<Config, "dev" | "root" | "port">): Promise<Pages> {
  const app = next({
    dev: config.dev,
    dir: config.root,
    hostname: "localhost",
    port: config.port,
    quiet: !config.dev,
    httpServer: new EventEmitter() as Server,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => void handle(request, response),
    handleUpgrade: (request, socket, head) => {
      const upgrade: unknown = Reflect.get(app, "upgradeHandler");
      if (typeof upgrade === "function") upgrade.call(app, request, socket, head);
    },
    close: () => app.close(),
  };
}
