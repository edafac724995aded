import { createHash } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./server.ts";

/** A request that reached it, as far as it came: `sha256` is null when its body did not come whole. */
export type Seen = { id: string; forwardId: string; sha256: string | null; isTaken: boolean };

export type Reaction = {
  /** Milliseconds until it answers. */
  afterMs: number;
  /** Null: the connection is cut in place of an answer. */
  status: number | null;
};

/** A target that is killed, frozen and brought back. A request's id is its path. */
export class StruckSink {
  /** In the order in which their heads came. */
  readonly seen: Seen[] = [];
  /** Answered with a 2xx, in the order of the answers, each once. */
  readonly taken = new Set<string>();
  readonly origin: string;
  readonly #port: number;
  readonly #react: () => Reaction;
  readonly #sockets = new Set<Socket>();
  #server: http.Server | null = null;
  #frozen: Promise<void> = Promise.resolve();

  private constructor(port: number, react: () => Reaction) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#react = react;
  }

  /** Nothing listens on its port before `rise`. */
  static async plan(react: () => Reaction): Promise<StruckSink> {
    return new StruckSink(await freePort(), react);
  }

  get isAlive(): boolean {
    return this.#server !== null;
  }

  async rise(): Promise<void> {
    const server = http.createServer((request, response) => void this.#take(request, response));
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
  }

  /** Connections are reset, new ones refused. */
  async die(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    if (server) await once(server, "close");
  }

  /** It accepts and says nothing, as a process that is stopped. */
  async freeze(ms: number): Promise<void> {
    this.#frozen = sleep(ms);
    await this.#frozen;
  }

  async #take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const id = (request.url ?? "").slice(1);
    const forwardId = String(request.headers["hooklens-forward-id"]);
    const seen: Seen = { id, forwardId, sha256: null, isTaken: false };
    this.seen.push(seen);
    const hash = createHash("sha256");
    try {
      for await (const piece of request) hash.update(piece as Buffer);
    } catch {
      return; // It was cut.
    }
    seen.sha256 = hash.digest("hex");
    const { afterMs, status } = this.#react();
    await this.#frozen;
    if (afterMs > 0) await sleep(afterMs);
    if (status === null) return void request.socket.resetAndDestroy();
    response.writeHead(status).end("ok", () => {
      if (status !== 200) return;
      seen.isTaken = true;
      this.taken.add(id);
    });
  }
}
