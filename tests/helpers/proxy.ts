import { once } from "node:events";
import net from "node:net";

export type Proxy = {
  origin: string;
  port: number;
  /** Ends all connections at once, with a reset. */
  cut(): void;
  /** Ends all connections, and new ones at once, until `flow`. */
  refuse(): void;
  /** Nothing passes any more, on connections old and new, until `flow`. */
  stall(): void;
  flow(): void;
  /** The connections of now go dead without a word: bytes vanish and no end is told. New ones work. */
  lose(): void;
  close(): Promise<void>;
};

/** A TCP proxy in front of a server, to do to a path what networks do. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let isStalled = false;
  let isRefusing = false;
  const server = net.createServer((client) => {
    const pair = new Pair(client, net.connect(targetPort, "127.0.0.1"));
    pairs.add(pair);
    pair.onEnd(() => pairs.delete(pair));
    if (isRefusing) pair.reset();
    else if (isStalled) pair.pause();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    cut: () => {
      for (const pair of pairs) pair.reset();
    },
    refuse: () => {
      isRefusing = true;
      for (const pair of pairs) pair.reset();
    },
    stall: () => {
      isStalled = true;
      for (const pair of pairs) pair.pause();
    },
    flow: () => {
      isStalled = false;
      isRefusing = false;
      for (const pair of pairs) pair.resume();
    },
    lose: () => {
      for (const pair of pairs) pair.lose();
    },
    close: async () => {
      for (const pair of pairs) pair.reset();
      server.close();
      await once(server, "close");
    },
  };
}

/** One connection through the proxy. */
class Pair {
  readonly #sockets: [net.Socket, net.Socket];
  #isLost = false;

  constructor(client: net.Socket, target: net.Socket) {
    this.#sockets = [client, target];
    // What waits for more bytes here would be 40 ms late, which is not a network's doing.
    for (const socket of this.#sockets) socket.setNoDelay();
    this.#forward(client, target);
    this.#forward(target, client);
  }

  pause(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  resume(): void {
    for (const socket of this.#sockets) socket.resume();
  }

  lose(): void {
    this.#isLost = true;
  }

  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  onEnd(callback: () => void): void {
    for (const socket of this.#sockets) socket.once("close", callback);
  }

  #forward(from: net.Socket, to: net.Socket): void {
    from.on("data", (chunk) => {
      if (!this.#isLost) to.write(chunk);
    });
    from.on("end", () => {
      if (!this.#isLost) to.end();
    });
    from.on("error", () => {
      if (!this.#isLost) to.destroy();
    });
  }
}
