import pg from "pg";
import type { Log } from "../log.ts";
import type { Database } from "../store/database.ts";
import { type Hint, parseHint } from "./hint.ts";
import { HintQueue } from "./hint-queue.ts";

const CHANNEL = "hooklens";
const SEND_EVERY_MS = 20;
const RECONNECT_MS = 500;
/** A connection that is cut without a word shows only by a query that gets no answer. */
const PROBE_EVERY_MS = 5_000;
const ANSWER_MS = 5_000;

type Hear = (hint: Hint) => void;
type Wire = { tell(hint: Hint): void; start(): void; stop(): Promise<void> };

/** How the rooms of this process, and the processes on one database, tell each other where to look. */
export type Hints = Wire & {
  /** Calls back with what other processes tell. */
  onHeard(hear: Hear): void;
  /** Calls back with what this process tells. */
  onTold(hear: Hear): void;
};

/** With the embedded Postgres there is one process: nobody else to tell. */
const noWire: Wire = { tell() {}, start() {}, async stop() {} };

export function createHints(parts: {
  database: Pick<Database, "url" | "embedded">;
  log: Log;
}): Hints {
  const { database, log } = parts;
  const heard: Hear[] = [];
  const told: Hear[] = [];
  const receive = (hint: Hint) => {
    for (const hear of heard) hear(hint);
  };
  const wire = database.embedded ? noWire : new PostgresHints({ url: database.url, receive, log });
  return {
    tell(hint) {
      for (const hear of told) hear(hint);
      wire.tell(hint);
    },
    onHeard: (hear) => void heard.push(hear),
    onTold: (hear) => void told.push(hear),
    start: () => wire.start(),
    stop: () => wire.stop(),
  };
}

/**
 * LISTEN and NOTIFY on one connection of its own: a NOTIFY inside a transaction that writes would serialise all commits
 * (up to Postgres 18). Hints only hurry what the poll finds anyway, so nothing waits for them and they may be lost; but
 * after a lost connection both sides look at everything again, since neither knows what it missed.
 *
 * A connection is either being made, open, or waited for after a loss: `#client` is set from the moment that it listens.
 */
class PostgresHints implements Wire {
  readonly #parts: { url: string; receive: (hint: Hint) => void; log: Log };
  readonly #queue = new HintQueue();
  #client: pg.Client | null = null;
  #sending = false;
  #sendNotBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  #probe: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: { url: string; receive: (hint: Hint) => void; log: Log }) {
    this.#parts = parts;
  }

  start(): void {
    void this.#connect();
    this.#probe = setInterval(() => {
      const client = this.#client;
      client?.query("SELECT 1").catch(() => this.#lose(client));
    }, PROBE_EVERY_MS);
  }

  tell(hint: Hint): void {
    this.#queue.add(hint);
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#probe);
    clearTimeout(this.#timer);
    await this.#send();
    const client = this.#client;
    this.#client = null;
    // Not awaited: on a network that is cut without a word it would not end.
    client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#parts.url,
      application_name: "hooklens-hints",
      // A hint is not worth a wait for the disk.
      options: "-c synchronous_commit=off",
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client.on("error", () => this.#lose(client));
    client.on("end", () => this.#lose(client));
    let ownId = 0;
    client.on("notification", ({ processId, payload }) => {
      if (processId !== ownId) this.#hear(payload ?? "");
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ id: number }>("SELECT pg_backend_pid() AS id");
      ownId = rows[0]?.id ?? 0;
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.#parts.log.debug({ err: error }, "hints not connected");
      client.end().catch(() => undefined);
      return this.#reconnect();
    }
    if (this.#stopped) return void client.end().catch(() => undefined);
    this.#client = client;
    this.#parts.receive({ kind: "everything" });
    this.#schedule();
  }

  /** Ends the connection, if it is the one in use, and makes another. */
  #lose(client: pg.Client): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#queue.collapse();
    this.#parts.log.warn("hint connection lost");
    client.end().catch(() => undefined);
    this.#reconnect();
  }

  #reconnect(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), RECONNECT_MS);
  }

  #hear(payload: string): void {
    for (const line of payload.split("\n")) {
      const hint = parseHint(line);
      if (hint) this.#parts.receive(hint);
    }
  }

  #schedule(): void {
    if (!this.#client || this.#sending || this.#queue.size === 0) return;
    this.#sending = true;
    const delayMs = Math.max(0, this.#sendNotBefore - performance.now());
    setTimeout(() => void this.#send(), delayMs);
  }

  async #send(): Promise<void> {
    this.#sendNotBefore = performance.now() + SEND_EVERY_MS;
    const client = this.#client;
    await client
      ?.query({
        name: "notify",
        text: `SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`,
        values: [this.#queue.take()],
      })
      .catch(() => this.#lose(client));
    this.#sending = false;
    this.#schedule();
  }
}
