import type { Draft, Stored } from "../contract/draft.ts";
import type { Log } from "../log.ts";
import { FairQueue } from "../fair-queue.ts";

/** The little that the writer needs of the store. */
export type CaptureStore = {
  /** One transaction; where each draft is, in the order given, null where the bin takes nothing any more. */
  insertBatch(drafts: readonly Draft[]): Promise<(Stored | null)[]>;
  findStored(ids: readonly string[]): Promise<Map<string, Stored>>;
  insertBody(id: string, pieces: readonly Buffer[]): Promise<void>;
  /** What an error of these says about trying again. */
  kindOf(error: unknown): "connection" | "conflict" | "duplicate" | "row";
};

export type Outcome = { kind: "stored"; seq: number } | { kind: "gone" } | { kind: "late" };

/** One commit's rows of one bin, in seq order without holes; `places`: each one's place in its thread. */
export type StoredRun = {
  binId: string;
  firstSeq: number;
  lastSeq: number;
  drafts: Draft[];
  places: number[];
};

type Entry = {
  draft: Draft;
  /** The row may go to the database: its large body, if it has one, is already there. */
  bytes: number;
  deadline: number;
  settled: boolean;
  settle: (outcome: Outcome) => void;
};

const BATCH_ROWS_MAX = 500;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
/** Slack allows 3 s for an answer, Shopify 5. */
export const STORE_WITHIN_MS = 4_000;
const RETRY_MS = 100;
/** So that large bodies never take the row path's connection. */
const BODIES_AT_ONCE = 2;
const ROW_BYTES = 1024;

/**
 * Group commit. Idle, the first draft starts a batch at once; while it commits, what arrives waits in the queue and
 * goes together in the next. No timer: under load batches grow by themselves, without load nothing waits.
 *
 * A draft is queued -> in the batch under way -> settled, once. Settled `late` (4 s after its last byte) it leaves the
 * queue; if it is in the batch under way it may still be stored: a 2xx always is, a 503 may be.
 */
export class Writer {
  readonly #store: CaptureStore;
  readonly #log: Log;
  readonly #onStored: (run: StoredRun) => void;
  readonly #queue = new FairQueue<Entry>();
  /** The batch under way; empty when none is. */
  #batch: Entry[] = [];
  #running = false;
  #idle: (() => void)[] = [];
  /** Large bodies that wait to be stored, and those being stored. */
  readonly #bodies = new FairQueue<Entry>();
  readonly #storingBodies = new Set<Entry>();

  constructor(parts: { store: CaptureStore; log: Log; onStored: (run: StoredRun) => void }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#onStored = parts.onStored;
  }

  /** Takes a draft with its whole body. `settle` is called once: on commit, or when it is too late. */
  add(draft: Draft, settle: (outcome: Outcome) => void): void {
    const entry: Entry = {
      draft,
      bytes: ROW_BYTES + (draft.body?.byteLength ?? 0),
      deadline: performance.now() + STORE_WITHIN_MS,
      settled: false,
      settle,
    };
    if (draft.largeBody) {
      this.#bodies.push(draft.binId, entry);
      this.#nextBody();
    } else {
      this.#enqueue(entry);
    }
  }

  /** Called several times a second: settles what is over its time. */
  sweep(now = performance.now()): void {
    const isLate = (entry: Entry) => entry.deadline <= now;
    const settleLate = (entry: Entry) => {
      if (isLate(entry)) this.#settle(entry, { kind: "late" });
      return entry.settled;
    };
    this.#queue.remove(settleLate);
    this.#bodies.remove(settleLate);
    for (const entry of this.#batch) settleLate(entry);
    for (const entry of this.#storingBodies) settleLate(entry);
  }

  /** Resolves when everything taken so far is settled. */
  async flush(): Promise<void> {
    while (this.#running || this.#storingBodies.size > 0) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
  }

  #enqueue(entry: Entry): void {
    this.#queue.push(entry.draft.binId, entry);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // What the other sockets have ready in this turn of the event loop belongs into the same batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.size > 0) {
      this.#batch = this.#queue.take(BATCH_ROWS_MAX, BATCH_BYTES_MAX, (entry) => entry.bytes);
      await this.#storeAll(this.#batch);
      this.#batch = [];
    }
    this.#running = false;
    this.#wake();
  }

  /** Stores the batch, however often it takes, unless all its senders have been told `late`. */
  async #storeAll(entries: Entry[]): Promise<void> {
    let conflicts = 0;
    while (entries.some((entry) => !entry.settled)) {
      try {
        this.#settleStored(
          entries,
          await this.#store.insertBatch(entries.map((each) => each.draft)),
        );
        return;
      } catch (error) {
        const kind = this.#store.kindOf(error);
        this.#log.warn({ err: error, kind, rows: entries.length }, "batch not stored");
        if (kind === "row" && entries.length > 1) return this.#storeHalves(entries);
        if (kind === "row") return this.#dropRow(entries);
        if (kind === "conflict" && conflicts++ === 0) continue;
        entries = await this.#withoutStored(entries);
      }
    }
  }

  /** One row spoils the batch: the halves that do not hold it are stored. */
  async #storeHalves(entries: Entry[]): Promise<void> {
    const middle = entries.length >> 1;
    await this.#storeAll(entries.slice(0, middle));
    await this.#storeAll(entries.slice(middle));
  }

  #dropRow(entries: Entry[]): void {
    for (const entry of entries) {
      this.#log.error(
        { requestId: entry.draft.id, binId: entry.draft.binId },
        "row refused by the database",
      );
      this.#settle(entry, { kind: "late" });
    }
  }

  /** After a lost connection nobody knows whether the commit happened: look the ids up before the next try. */
  async #withoutStored(entries: Entry[]): Promise<Entry[]> {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    try {
      const stored = await this.#store.findStored(entries.map((entry) => entry.draft.id));
      const found = entries.filter((entry) => stored.has(entry.draft.id));
      this.#settleStored(
        found,
        found.map((entry) => stored.get(entry.draft.id) ?? null),
      );
      return entries.filter((entry) => !stored.has(entry.draft.id));
    } catch {
      return entries;
    }
  }

  #settleStored(entries: Entry[], where: (Stored | null)[]): void {
    const runs = new Map<string, StoredRun>();
    entries.forEach((entry, index) => {
      const stored = where[index] ?? null;
      if (stored) addToRun(runs, entry.draft, stored);
      this.#settle(entry, stored ? { kind: "stored", seq: stored.seq } : { kind: "gone" });
    });
    for (const run of runs.values()) this.#tell(() => this.#onStored(run));
  }

  #settle(entry: Entry, outcome: Outcome): void {
    if (entry.settled) return;
    entry.settled = true;
    this.#tell(() => entry.settle(outcome));
  }

  /** An error of who is told must not look like one of the batch, and not end the writer's loop. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#log.error({ err: error }, "telling of a stored request failed");
    }
  }

  #nextBody(): void {
    while (this.#storingBodies.size < BODIES_AT_ONCE) {
      const [entry] = this.#bodies.take(1, BATCH_BYTES_MAX, (waiting) => waiting.bytes);
      if (!entry) return;
      this.#storingBodies.add(entry);
      void this.#storeBody(entry).finally(() => {
        this.#storingBodies.delete(entry);
        this.#nextBody();
        this.#wake();
      });
    }
  }

  /** The body goes first and alone; then its row joins a batch without it. */
  async #storeBody(entry: Entry): Promise<void> {
    const { id, largeBody } = entry.draft;
    while (largeBody && !entry.settled) {
      try {
        await this.#store.insertBody(id, largeBody);
        entry.draft = { ...entry.draft, largeBody: null };
        this.#enqueue(entry);
        break;
      } catch (error) {
        this.#log.warn({ err: error, requestId: id }, "body not stored");
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #wake(): void {
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}

/** A lookup after a lost connection may find rows of several commits: a run is cut where a seq is missing. */
function addToRun(runs: Map<string, StoredRun>, draft: Draft, { seq, threadPlace }: Stored): void {
  const key = `${draft.binId}:${seq - 1}`;
  const run = runs.get(key);
  if (!run) {
    runs.set(`${draft.binId}:${seq}`, {
      binId: draft.binId,
      firstSeq: seq,
      lastSeq: seq,
      drafts: [draft],
      places: [threadPlace],
    });
    return;
  }
  run.drafts.push(draft);
  run.places.push(threadPlace);
  run.lastSeq = seq;
  runs.delete(key);
  runs.set(`${draft.binId}:${seq}`, run);
}
