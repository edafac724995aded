import { createHash } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import type { BinMinted } from "#lib/contract/bins.ts";
import { PING_INTERVAL_MS, SOCKET_PATH } from "#lib/contract/events.ts";
import {
  type Delivery,
  type Outcome,
  type Passed,
  RELAY_NAMESPACE,
  type RelayClientEvents,
  type RelayServerEvents,
  type Welcome,
} from "#lib/contract/relay.ts";
import { until } from "./until.ts";

type RelaySocket = Socket<RelayServerEvents, RelayClientEvents>;
/** What the machine does with a delivery; null: it never acknowledges. */
type Handle = (delivery: Delivery) => Outcome | null | Promise<Outcome | null>;
type Options = {
  auth?: object;
  handle?: Handle;
  /** Comes back by itself, as a process does that goes on where it was. */
  reconnects?: boolean;
};

const open = new Set<RelaySocket>();

/** A try that ended with this answer. */
export function tried(
  delivery: Pick<Delivery, "body">,
  over: Partial<Extract<Outcome, { kind: "tried" }>> = {},
): Outcome {
  const body = delivery.body ?? new Uint8Array();
  return {
    kind: "tried",
    url: "http://localhost:3000/hook",
    startedAt: new Date().toISOString(),
    status: 200,
    headers: [["Content-Type", "text/plain"]],
    bodySize: 2,
    body: Buffer.from("ok"),
    bodySha256Sent: createHash("sha256").update(body).digest("hex"),
    changes: [],
    timing: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 2, totalMs: 3 },
    error: null,
    ...over,
  };
}

/** A machine on /relay that writes down what it hears: what lib/contract/relay.ts says, and nothing more. */
export class TestListener {
  readonly socket: RelaySocket;
  readonly welcomes: Welcome[] = [];
  readonly deliveries: Delivery[] = [];
  readonly passed: Passed[] = [];
  readonly heads: number[] = [];
  /** `replaced`, or the code of `gone`. */
  end: string | null = null;
  #handle: Handle;
  /** A delivery that was done already is acknowledged again from memory. */
  readonly #done = new Map<string, Outcome>();

  constructor(origin: string, bin: Pick<BinMinted, "id" | "key">, options: Options = {}) {
    const { auth = {}, handle = (delivery) => tried(delivery), reconnects = false } = options;
    this.#handle = handle;
    this.socket = io(`${origin}${RELAY_NAMESPACE}`, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      forceNew: true,
      reconnection: reconnects,
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
      timeout: 2_000,
      auth: { bin: bin.id, key: bin.key, ...auth },
    });
    open.add(this.socket);
    this.#listen();
  }

  get seqs(): number[] {
    return this.deliveries.filter(({ asked }) => !asked).map(({ request }) => request.seq);
  }

  /** The first welcome. */
  async ready(ms = 10_000): Promise<Welcome> {
    return until(() => this.welcomes[0], "the welcome", ms);
  }

  /** From now on. */
  handle(handle: Handle): void {
    this.#handle = handle;
  }

  /** Cuts its own connection, as a machine does that changes networks. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.close();
  }

  #listen(): void {
    const { socket } = this;
    socket.on("welcome", (welcome) => this.welcomes.push(welcome));
    socket.on("passed", (passed) => this.passed.push(passed));
    socket.on("head", ({ lastSeq }) => this.heads.push(lastSeq));
    socket.on("replaced", () => {
      this.end = "replaced";
    });
    socket.on("gone", ({ code }) => {
      this.end = code;
    });
    socket.on("connect_error", (error) => {
      const { status = 0 } = "data" in error ? (error.data as { status: number }) : {};
      const isWorthIt = status === 429 || status >= 500;
      if (!socket.active && isWorthIt) setTimeout(() => socket.connect(), PING_INTERVAL_MS / 10);
    });
    socket.on("deliver", (delivery, acknowledge) => {
      this.deliveries.push(delivery);
      void this.#take(delivery).then((outcome) => outcome && acknowledge(outcome));
    });
  }

  async #take(delivery: Delivery): Promise<Outcome | null> {
    const known = this.#done.get(delivery.forwardId);
    if (known) return known;
    const outcome = await this.#handle(delivery);
    if (outcome) this.#done.set(delivery.forwardId, outcome);
    return outcome;
  }
}

/** For the end of a test. */
export function closeAllListeners(): void {
  for (const socket of open) socket.close();
  open.clear();
}
