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

type ProxyOptions = {
  /** Of all connections together, in each direction. */
  bytesPerSecond?: number;
};

/** A TCP proxy in front of a server, to do to a path what networks do. */
export async function startProxy(
  targetPort: number,
  { bytesPerSecond = Number.POSITIVE_INFINITY }: ProxyOptions = {},
): Promise<Proxy> {
  const lines = { up: new Line(bytesPerSecond), down: new Line(bytesPerSecond) };
  const pairs = new Set<Pair>();
  let isStalled = false;
  let isRefusing = false;
  const server = net.createServer((client) => {
    const pair = new Pair(client, net.connect(targetPort, "127.0.0.1"), lines);
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
      const closed = once(server, "close");
      server.close();
      for (const pair of pairs) pair.reset();
      await closed;
    },
  };
}

/** What connections share in one direction. */
class Line {
  readonly #bytesPerSecond: number;
  #freeAt = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Milliseconds until so many bytes are over, behind all that came before. */
  take(bytes: number): number {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (1000 * bytes) / this.#bytesPerSecond;
    return this.#freeAt - now;
  }
}

type Lines = { up: Line; down: Line };

/** One connection through the proxy. */
class Pair {
  readonly #sockets: [net.Socket, net.Socket];
  #isLost = false;

  constructor(client: net.Socket, target: net.Socket, { up, down }: Lines) {
    this.#sockets = [client, target];
    // What waits for more bytes here would be 40 ms late, which is not a network's doing.
    for (const socket of this.#sockets) socket.setNoDelay();
    this.#forward(client, target, up);
    this.#forward(target, client, down);
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

  /** When both sides have: of one that was lost, a side may stay open for long after the other. */
  onEnd(callback: () => void): void {
    let open = this.#sockets.length;
    for (const socket of this.#sockets) {
      socket.once("close", () => {
        open -= 1;
        if (open === 0) callback();
      });
    }
  }

  #forward(from: net.Socket, to: net.Socket, line: Line): void {
    from.on("data", (chunk: Buffer) => {
      if (this.#isLost) return;
      const ms = line.take(chunk.byteLength);
      if (ms === 0) return void to.write(chunk);
      from.pause();
      setTimeout(() => {
        to.write(chunk);
        from.resume();
      }, ms);
    });
    from.on("end", () => {
      if (!this.#isLost) to.end();
    });
    from.on("error", () => {
      if (!this.#isLost) to.destroy();
    });
  }
}
