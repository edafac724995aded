import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { alertText, pageTitle } from "#components/inspector/alerts.ts";
import { flowing, reduceFlow } from "#components/inspector/flow.ts";
import { addOlder, judgedAnew, mergeFirstPage, withNewest } from "#components/inspector/found.ts";
import { judgeQuery } from "#components/inspector/judge-query.ts";
import { isUnread, markAllRead, markRead, type Reads } from "#components/inspector/reads.ts";
import { countAbove, indexAfter, nothingHidden, shownItems } from "#components/inspector/shown.ts";
import { recording } from "#components/landing/recording.ts";
import { findMarks } from "#components/request/find-marks.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { providerName } from "#lib/providers/providers.ts";
import { recognise } from "#lib/providers/recognise.ts";
import { isMatch } from "#tests/helpers/searched.ts";

/** Newest first; the rest of a summary is of no account here. */
const rows = (...seqs: number[]) => seqs.map((seq) => ({ seq }) as RequestSummary);
const seqsOf = (items: readonly RequestSummary[]) => items.map(({ seq }) => seq);

describe("what the list shows", () => {
  it("holds back what came in since the pause", () => {
    const items = rows(9, 7, 4, 2);
    expect(seqsOf(shownItems(items, 4, nothingHidden))).toEqual([4, 2]);
    expect(countAbove(items, 4)).toBe(2);
    expect(countAbove(items, 0)).toBe(4);
    expect(shownItems(items, null, nothingHidden)).toBe(items);
  });

  it("steps from a row, from between two when its own is gone, and from nowhere to the newest", () => {
    const items = rows(9, 7, 4, 2);
    const step = (seq: number | null, by: number) => items[indexAfter(items, seq, by)]?.seq;
    expect([step(7, 1), step(7, -1), step(9, -1), step(2, 10)]).toEqual([4, 9, 9, 2]);
    expect([step(5, 1), step(5, -1), step(1, 1), step(12, -1)]).toEqual([4, 7, 2, 9]);
    expect([step(null, 1), step(null, -1)]).toEqual([9, 9]);
  });

  it("hides what is about to be removed, but not what came in since", () => {
    const items = rows(9, 7, 4, 2);
    const seqs = new Set([7, 2]);
    expect(seqsOf(shownItems(items, null, { kind: "seqs", seqs }))).toEqual([9, 4]);
    const through = { kind: "through", through: 7, keepsPinned: false } as const;
    expect(seqsOf(shownItems(items, null, through))).toEqual([9]);
    const pinned = items.map((item) =>
      item.seq === 4 ? { ...item, pinned: true as const } : item,
    );
    expect(seqsOf(shownItems(pinned, null, through))).toEqual([9]);
    expect(seqsOf(shownItems(pinned, null, { ...through, keepsPinned: true }))).toEqual([9, 4]);
  });

  it("follows until a person opens another one, and stops being paused by following", () => {
    const following = reduceFlow(flowing, { type: "follow", isOn: true });
    expect(reduceFlow(following, { type: "chosen", isNewest: true })).toBe(following);
    expect(reduceFlow(following, { type: "chosen", isNewest: false }).isFollowing).toBe(false);
    const paused = reduceFlow(following, { type: "pause", at: 7 });
    expect(paused).toEqual({ isFollowing: false, pausedAt: 7 });
    expect(reduceFlow(paused, { type: "resume" }).pausedAt).toBeNull();
    expect(reduceFlow(paused, { type: "follow", isOn: true }).pausedAt).toBeNull();
  });
});

describe("unread marks", () => {
  const start: Reads = { through: 3, above: [] };

  it("are gone once opened, and close up to one mark", () => {
    const reads = markRead(markRead(start, 6), 4);
    expect([4, 5, 6, 7].map((seq) => isUnread(reads, seq))).toEqual([false, true, false, true]);
    expect(markRead(reads, 5)).toEqual({ through: 6, above: [] });
    expect(markAllRead(reads, 9)).toEqual({ through: 9, above: [] });
    expect(markAllRead(reads, 2)).toBe(reads);
  });

  it("are bounded: the oldest ones are given up", () => {
    let reads = start;
    for (let seq = 5; seq < 5 + 2 * 600; seq += 2) reads = markRead(reads, seq);
    expect(reads.above.length).toBe(500);
    expect(isUnread(reads, 6)).toBe(false);
    expect(isUnread(reads, 1202)).toBe(true);
  });
});

describe("a search", () => {
  it("asked again keeps what lies below, unless there may be a hole between", () => {
    const known = { items: rows(8, 6, 4, 2), next: "2" };
    const joined = mergeFirstPage(known, { items: rows(11, 8, 6), next: "6" });
    expect([seqsOf(joined.items), joined.next]).toEqual([[11, 8, 6, 4, 2], "2"]);
    const apart = mergeFirstPage(known, { items: rows(20, 18, 16), next: "16" });
    expect([seqsOf(apart.items), apart.next]).toEqual([[20, 18, 16], "16"]);
    expect(seqsOf(mergeFirstPage(known, { items: rows(6), next: null }).items)).toEqual([6]);
  });

  it("joins a page of a search that ended early to what is known below where it got to", () => {
    const known = { items: rows(8, 6, 4), next: "3", searchedTo: 3 };
    const early = mergeFirstPage(known, { items: [], next: "7", searchedTo: 7 });
    expect([seqsOf(early.items), early.next, early.searchedTo]).toEqual([[6, 4], "3", 3]);
    const whole = addOlder(known, "3", { items: rows(1), next: null });
    expect([seqsOf(whole.items), whole.searchedTo]).toEqual([[8, 6, 4, 1], undefined]);
  });

  it("takes in and out what was judged anew, by seq or by id, as far down as it has been read", () => {
    const known = { items: rows(9, 7, 4), next: "4" };
    const judged = judgedAnew(known, [8, 7, 2], rows(8, 2));
    expect(seqsOf(judged.items)).toEqual([9, 8, 4]);
    expect(seqsOf(judgedAnew({ ...known, next: null }, [2], rows(2)).items)).toEqual([9, 7, 4, 2]);
    const byId = [
      { seq: 9, id: "a" },
      { seq: 7, id: "b" },
    ] as RequestSummary[];
    expect(seqsOf(judgedAnew({ items: byId, next: null }, ["a"], []).items)).toEqual([7]);
  });

  it("asks for those that have changed alone, unless there are too many for one question", () => {
    const query = judgeQuery("a OR b", [7, "01998877-6655-7443-8221-1100ffeeddcc"]) ?? "";
    expect(isMatch(query, { seq: 7, body: "b" })).toBe(true);
    expect(isMatch(query, { seq: 8, id: "01998877-6655-7443-8221-1100ffeeddcd", body: "b" })).toBe(
      false,
    );
    expect(
      judgeQuery(
        "a",
        Array.from({ length: 300 }, (_, seq) => seq),
      ),
    ).toBeNull();
  });

  it("takes an older page once", () => {
    const known = { items: rows(8), next: "8" };
    const more = addOlder(known, "8", { items: rows(5), next: null });
    expect([seqsOf(more.items), more.next]).toEqual([[8, 5], null]);
    expect(addOlder(more, "8", { items: rows(5), next: null })).toBe(more);
  });

  it("shows the feed's row where it has one", () => {
    const newer = { seq: 6, method: "PUT" } as RequestSummary;
    const found = withNewest(rows(8, 6, 1), [...rows(9), newer, ...rows(3)]);
    expect(found.map(({ seq, method }) => [seq, method])).toEqual([
      [8, undefined],
      [6, "PUT"],
      [1, undefined],
    ]);
  });

  it("marks what it found in any letter case, and takes no word for a pattern", () => {
    expect(findMarks("/Orders.v2", ["order", "."])).toEqual([
      { text: "/", isMatch: false },
      { text: "Order", isMatch: true },
      { text: "s", isMatch: false },
      { text: ".", isMatch: true },
      { text: "v2", isMatch: false },
    ]);
    expect(findMarks("(a|b)", ["(a|b)"])).toEqual([{ text: "(a|b)", isMatch: true }]);
  });
});

describe("what tells of arrivals", () => {
  it("has method and path, never the query", () => {
    expect(alertText({ method: "POST", target: "/pay?token=secret" }, 1)).toBe("POST /pay");
    expect(alertText({ method: "POST", target: "?token=secret" }, 1)).toBe("POST /");
    expect(alertText({ method: "POST", target: "/pay" }, 3)).toBe("3 new requests");
  });

  it("has the number in the title while the page is not looked at", () => {
    expect(pageTitle("orders-dev", 0)).toBe("orders-dev · Hooklens");
    expect(pageTitle(null, 3)).toBe("(3) Unnamed bin · Hooklens");
    expect(pageTitle("a", 12_000)).toBe("(999+) a · Hooklens");
  });
});

describe("the example on the landing page", () => {
  it.each(recording.map((recorded) => [recorded.target, recorded] as const))(
    "%s is recognised as the server would, and its hash is its body's",
    (_, { headers, target, body, provider, sha256 }) => {
      const found = recognise(headers, target, Buffer.from(body));
      // It plays now, whenever its events happened.
      const name = found && providerName(found.id);
      expect(provider).toEqual(
        found && { ...found, name, occurredAtUs: undefined, occurredAt: null },
      );
      expect(sha256).toBe(createHash("sha256").update(body).digest("hex"));
    },
  );
});
