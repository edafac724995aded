import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { ListOptions } from "#lib/contract/calls.ts";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import {
  isRemoved,
  LIVE_NAMESPACE,
  type LiveServerEvents,
  PING_INTERVAL_MS,
  type Position,
  type Removal,
  SOCKET_PATH,
} from "#lib/contract/events.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const RETRY_MS = 200;
const PAGE_ROWS = 200;

type Change = { items: RequestSummary[] } | { removal: Removal };

/** A client that does what lib/contract/events.ts says, and nothing more; the smallest one that is right. */
export class LiveReader {
  readonly rows = new Map<number, RequestSummary>();
  connects = 0;
  loads = 0;
  /** Rows that came twice, or before older ones, over one connection: there must be none. */
  readonly misplaced: number[] = [];
  /** How often a silence was noticed. */
  silences = 0;
  readonly #socket: Socket<LiveServerEvents>;
  readonly #api: ApiClient;
  readonly #bin: BinMinted;
  readonly #watch: NodeJS.Timeout;
  #lastSeq: number | undefined;
  #revision = -1;
  #pushed = 0;
  #heardAt = performance.now();
  #isClosed = false;
  /** What came since the load under way began; null when none is. */
  #sinceLoad: Change[] | null = null;

  constructor(origin: string, bin: BinMinted) {
    this.#bin = bin;
    this.#api = createApiClient({ origin, key: bin.key });
    this.#socket = io(`${origin}${LIVE_NAMESPACE}`, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 400,
      timeout: 2_000,
      auth: (send) =>
        send({
          bin: bin.id,
          key: bin.key,
          ...(this.#lastSeq === undefined ? {} : { after: this.#lastSeq }),
        }),
    });
    this.#listen();
    this.#watch = setInterval(() => this.#checkSilence(), 250);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** No load is under way. */
  get isSettled(): boolean {
    return this.isConnected && this.#sinceLoad === null;
  }

  /** Cuts its own socket, as a browser that changes networks does. */
  drop(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#watch);
    this.#socket.close();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("connect", () => {
      this.connects += 1;
      this.#pushed = this.#lastSeq ?? 0;
      this.#heardAt = performance.now();
    });
    socket.io.on("ping", () => {
      this.#heardAt = performance.now();
    });
    socket.on("connect_error", (error) => {
      if (!socket.active && "data" in error) setTimeout(() => socket.connect(), RETRY_MS);
    });
    socket.on("requests", (batch) => {
      this.#apply({ items: batch.items });
      for (const { seq } of batch.items) {
        if (seq <= this.#pushed) this.misplaced.push(seq);
        this.#pushed = seq;
      }
      this.#stand(batch, batch.revision !== this.#revision);
    });
    socket.on("behind", (position) => this.#stand(position, true));
    socket.on("changed", ({ items }) => {
      for (const item of items) if (this.rows.has(item.seq)) this.rows.set(item.seq, item);
    });
    socket.on("removed", (removal) => {
      this.#apply({ removal });
      const missed = removal.revision > this.#revision + 1;
      this.#revision = Math.max(this.#revision, removal.revision);
      if (missed) void this.#load();
    });
  }

  #stand({ lastSeq, revision }: Position, mustLoad: boolean): void {
    this.#lastSeq = lastSeq;
    this.#revision = revision;
    if (mustLoad) void this.#load();
  }

  async #load(): Promise<void> {
    this.loads += 1;
    const since: Change[] = [];
    this.#sinceLoad = since;
    const list = await this.#list(() => this.#sinceLoad === since);
    if (this.#sinceLoad !== since) return; // A newer load is under way.
    this.#sinceLoad = null;
    this.rows.clear();
    for (const change of [{ items: list }, ...since]) this.#apply(change);
  }

  /** All pages, however often the way is cut meanwhile. */
  async #list(isWanted: () => boolean): Promise<RequestSummary[]> {
    const rows: RequestSummary[] = [];
    let cursor: string | null = null;
    while (isWanted() && !this.#isClosed) {
      const signal = AbortSignal.timeout(3_000);
      const options: ListOptions = { limit: PAGE_ROWS, cursor, signal };
      const page: Page<RequestSummary> | null = await this.#api
        .requests(this.#bin.id, options)
        .catch(() => null);
      if (!page) {
        await sleep(RETRY_MS);
        continue;
      }
      rows.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    return rows;
  }

  #apply(change: Change): void {
    this.#sinceLoad?.push(change);
    if ("items" in change) for (const row of change.items) this.rows.set(row.seq, row);
    else {
      for (const seq of this.rows.keys()) if (isRemoved(change.removal, seq)) this.rows.delete(seq);
    }
  }

  /** Two pings missed: what still looks open is closed, and so made again. */
  #checkSilence(): void {
    const silentMs = performance.now() - this.#heardAt;
    if (!this.#socket.connected || silentMs < 2 * PING_INTERVAL_MS) return;
    this.silences += 1;
    this.drop();
  }
}
