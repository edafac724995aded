import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countRequests,
  emptyFeed,
  FEED_ITEMS_MAX,
  type Feed,
  type FeedEvent,
  isMiscounted,
  isStale,
  type BinCount,
  reduceFeed,
} from "#components/inspector/feed.ts";
import type { Page } from "#lib/contract/bins.ts";
import type { Answered, RequestResponse, RequestSummary } from "#lib/contract/requests.ts";

const PAGE = 4;
const SENT: Answered = { outcome: "sent", respondedMs: 1 };
/** What a sender got in place of what its request was stored with. */
const BY_LISTENER: RequestResponse = { status: 418, headers: [], bodySize: 0, from: "listener" };

function summary(seq: number, answered: Answered | null = null): RequestSummary {
  return {
    id: `id-${seq}`,
    seq,
    receivedAt: "2026-11-21T14:03:22.481903Z",
    method: "POST",
    target: "",
    contentType: null,
    bodySize: 0,
    bodyTruncated: false,
    bodyIncomplete: false,
    remoteAddress: "127.0.0.1",
    provider: null,
    thread: null,
    signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
    response: { status: 200, headers: [], bodySize: 0 },
    answered,
  };
}

/** A bin as the server keeps it, the socket as a queue that a cut empties, and HTTP answers that come when they come. */
class World {
  feed: Feed = emptyFeed;
  rows: RequestSummary[] = [];
  lastSeq = 0;
  revision = 0;
  clearedThrough = 0;
  connected = false;
  socket: (FeedEvent | "behind")[] = [];
  loading: { bin: BinCount; page?: Page<RequestSummary>; changes?: number } | null = null;
  readingOlder: Extract<FeedEvent, { type: "older" }> | null = null;

  position = (): BinCount => ({
    lastSeq: this.lastSeq,
    revision: this.revision,
    requestCount: this.rows.length,
  });

  page(before = Number.POSITIVE_INFINITY): Page<RequestSummary> {
    const below = this.rows.filter((row) => row.seq < before).reverse();
    const items = below.slice(0, PAGE);
    return { items, next: below.length > PAGE ? String(items.at(-1)?.seq) : null };
  }

  emit(event: FeedEvent) {
    if (this.connected) this.socket.push(event);
  }

  tell(event: FeedEvent) {
    this.feed = reduceFeed(this.feed, event);
  }

  capture(count: number) {
    const items = Array.from({ length: count }, () => summary(++this.lastSeq));
    this.rows.push(...items);
    this.emit({ type: "pushed", items, lastSeq: this.lastSeq, revision: this.revision });
  }

  answer(pick: number) {
    const row = this.rows[pick % Math.max(1, this.rows.length)];
    if (!row || row.answered) return;
    const outcome = row.seq % 2 ? { answered: SENT, response: BY_LISTENER } : { answered: SENT };
    this.rows = this.rows.map((other) => (other === row ? { ...row, ...outcome } : other));
    const item = { id: row.id, seq: row.seq, ...outcome, storedMs: 1 };
    this.emit({ type: "answered", items: [item] });
  }

  label(pick: number) {
    const row = this.rows[pick % Math.max(1, this.rows.length)];
    if (!row) return;
    const changed = { ...row, labels: [`label ${pick}`] };
    this.rows = this.rows.map((other) => (other === row ? changed : other));
    this.emit({ type: "changed", items: [changed] });
  }

  remove(pick: number) {
    const row = this.rows[pick % Math.max(1, this.rows.length)];
    if (!row) return;
    this.rows = this.rows.filter((other) => other !== row);
    this.emit({ type: "removed", removal: { seqs: [row.seq], revision: ++this.revision } });
  }

  /** All but what is pinned. A watermark never falls. */
  clear(back: number) {
    const through = Math.max(0, this.lastSeq - back);
    if (through <= this.clearedThrough) return;
    this.removeThrough(through, isPinned);
  }

  clearAll() {
    this.removeThrough(Math.max(this.clearedThrough, this.lastSeq), () => false);
  }

  removeThrough(through: number, stays: (row: RequestSummary) => boolean) {
    this.clearedThrough = through;
    this.rows = this.rows.filter((row) => row.seq > through || stays(row));
    const kept = this.rows.filter(({ seq }) => seq <= through).map(({ seq }) => seq);
    const removal = { through, ...(kept.length > 0 ? { kept } : {}), revision: ++this.revision };
    this.emit({ type: "removed", removal });
  }

  cut() {
    this.connected = false;
    this.socket = [];
  }

  connect() {
    if (this.connected || !this.feed.loaded) return;
    this.connected = true;
    const items = this.rows.filter((row) => row.seq > this.feed.lastSeq);
    this.emit({ type: "pushed", items, lastSeq: this.lastSeq, revision: this.revision });
    this.loadAfresh();
  }

  leaveOut() {
    if (this.connected) this.socket = ["behind"];
  }

  deliver(count: number) {
    for (const event of this.socket.splice(0, count)) {
      if (event === "behind") this.loadAfresh();
      else this.tell(event);
    }
  }

  /** One step: the bin, then the list, then the answer. Starting one gives up a page that was asked for before. */
  load() {
    if (!this.loading) {
      this.loading = { bin: this.position() };
      this.readingOlder = null;
    } else if (!this.loading.page) {
      this.loading.changes = this.feed.changed.count;
      this.loading.page = this.page();
    } else {
      const { bin, page, changes = 0 } = this.loading;
      this.tell({ type: "loaded", bin, page, changes });
      this.loading = null;
    }
  }

  loadAfresh() {
    this.loading = null;
    this.load();
  }

  older() {
    if (this.readingOlder) {
      this.tell(this.readingOlder);
      this.readingOlder = null;
    } else if (this.feed.next) {
      const cursor = this.feed.next;
      const changes = this.feed.changed.count;
      this.readingOlder = { type: "older", cursor, page: this.page(Number(cursor)), changes };
    }
  }

  recount() {
    this.tell({ type: "counted", bin: this.position() });
  }

  /** What use-live.ts does once the network is calm: connect, then load; read everything; load again while stale. */
  settle() {
    const finishLoad = () => {
      while (this.loading) this.load();
    };
    const loadWhole = () => {
      this.load();
      finishLoad();
    };
    this.deliver(this.socket.length);
    finishLoad();
    if (!this.feed.loaded) loadWhole();
    if (!this.connected) {
      this.connect();
      loadWhole();
    }
    this.deliver(this.socket.length);
    finishLoad();
    if (isStale(this.feed)) loadWhole();
    expect(isStale(this.feed)).toBe(false);
    if (isMiscounted(this.feed)) this.recount();
    const readsMax = 2 * (this.rows.length + 2);
    for (let i = 0; i < readsMax && (this.feed.next || this.readingOlder); i++) this.older();
    expect(this.feed.next).toBeNull();
  }
}

const isPinned = ({ seq }: RequestSummary) => seq % 5 === 0;

const small = fc.nat({ max: 6 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("capture" as const), n: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("answer" as const), n: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("label" as const), n: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("remove" as const), n: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const), n: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clearAll" as const), n: small }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("deliver" as const), n: small }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("load" as const), n: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("older" as const), n: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("recount" as const), n: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const), n: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("connect" as const), n: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("leaveOut" as const), n: small }) },
);

const seqs = (feed: Feed) => feed.items.map((item) => item.seq);

describe("the feed", () => {
  it("ends with exactly what the bin holds, whatever the order of pages, pushes, removals and cuts", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const world = new World();
        for (const { do: action, n } of steps) {
          world[action](n);
          const shown = seqs(world.feed);
          expect(shown).toEqual([...new Set(shown)].sort((a, b) => b - a));
        }
        world.settle();
        expect(seqs(world.feed)).toEqual(world.rows.map((row) => row.seq).reverse());
        expect(countRequests(world.feed)).toBe(world.rows.length);
        // Further down a row is as it was when it was read last, if it changed while the way was cut.
        const isNew = ({ seq }: RequestSummary) => seq > world.lastSeq - PAGE;
        expect(world.feed.items.filter(isNew)).toEqual(world.rows.filter(isNew).reverse());
      }),
      { numRuns: 3000 },
    );
  });

  it("is stale over a hole, shows what it has, and resumes before the hole", () => {
    let feed = loaded([1, 2, 3]);
    feed = reduceFeed(feed, push([5]));
    expect(isStale(feed)).toBe(true);
    expect([seqs(feed), feed.lastSeq]).toEqual([[5, 3, 2, 1], 3]);
    expect(isStale(reduceFeed(feed, push([4])))).toBe(false);
  });

  it("is stale when a removal was missed, and not when it was only late", () => {
    const ahead = reduceFeed(loaded([1, 2]), { ...push([3]), revision: 1 });
    expect(isStale(ahead)).toBe(true);
    const late = reduceFeed(ahead, { type: "removed", removal: { seqs: [2], revision: 1 } });
    expect([isStale(late), seqs(late)]).toEqual([false, [3, 1]]);
  });

  it("does not bring back what was removed while a page was on its way", () => {
    const feed = reduceFeed(loaded([1, 2]), {
      type: "removed",
      removal: { seqs: [2], revision: 1 },
    });
    const page = { items: [summary(2), summary(1)], next: null };
    const bin = { lastSeq: 2, revision: 0, requestCount: 2 };
    expect(seqs(reduceFeed(feed, { type: "loaded", bin, page, changes: 0 }))).toEqual([1]);
  });

  it("gives an answer that came before its request to the request", () => {
    const item = { id: "id-2", seq: 2, answered: SENT, response: BY_LISTENER, storedMs: 1 };
    const feed = reduceFeed(loaded([1]), { type: "answered", items: [item] });
    const [row] = reduceFeed(feed, push([2])).items;
    expect(row).toMatchObject({ answered: SENT, response: BY_LISTENER });
  });

  it("keeps the pages that were scrolled to when nothing was removed meanwhile", () => {
    const older = { items: [summary(1)], next: null };
    let feed = loaded([2, 3], "2");
    feed = reduceFeed(feed, { type: "older", cursor: "2", page: older, changes: 0 });
    const bin = { lastSeq: 4, revision: 0, requestCount: 4 };
    const page = { items: [summary(4), summary(3)], next: "3" };
    feed = reduceFeed(feed, { type: "loaded", bin, page, changes: 0 });
    expect([seqs(feed), feed.next]).toEqual([[4, 3, 2, 1], null]);
  });

  it("holds a bounded number of summaries and can page on from the last one kept", () => {
    const many = Array.from({ length: FEED_ITEMS_MAX + 5 }, (_, index) => index + 2);
    const feed = reduceFeed(loaded([1]), push(many));
    expect([feed.items.length, feed.next]).toEqual([FEED_ITEMS_MAX, "7"]);
    expect(countRequests(feed)).toBe(FEED_ITEMS_MAX + 6);
  });
});

function loaded(ascending: number[], next: string | null = null): Feed {
  const items = ascending.map((seq) => summary(seq)).reverse();
  const lastSeq = ascending.at(-1) ?? 0;
  const bin = { lastSeq, revision: 0, requestCount: ascending.length };
  return reduceFeed(emptyFeed, { type: "loaded", bin, page: { items, next }, changes: 0 });
}

function push(ascending: number[]): Extract<FeedEvent, { type: "pushed" }> {
  const items = ascending.map((seq) => summary(seq));
  return { type: "pushed", items, lastSeq: ascending.at(-1) ?? 0, revision: 0 };
}
