import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rfc3339 } from "#lib/contract/time.ts";
import { BLOCK_REQUESTS } from "#lib/search/block.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import type { Subject } from "#lib/search/subject.ts";
import { createPace } from "#lib/store/janitor/pace.ts";
import { createSearchBlockSweep } from "#lib/store/janitor/search-blocks.ts";
import { createSearch } from "#lib/store/search/search.ts";
import { aftermath, givenRequest, padded, queryText } from "#tests/helpers/search-samples.ts";
import { queryOf, subject } from "#tests/helpers/searched.ts";
import { type GivenRequest, openTestStore, type TestStore } from "#tests/helpers/store.ts";

let own: TestStore;
beforeAll(async () => {
  own = await openTestStore();
});
afterAll(() => own.close());

type Said = { note: string; labels: string[]; pinned: boolean };
type Aftermath = { forwards: string[]; listenerStatus: number | null; said: Said };

const whole = { above: 0, kept: [] as number[] };

/** The seqs that a search finds, page after page; a page ends after `timeMs`. */
async function pagesOf(
  binId: string,
  text: string,
  timeMs?: number,
  { above, kept } = whole,
): Promise<number[][]> {
  const search = createSearch(own.database.pool, timeMs === undefined ? {} : { timeMs });
  const pages: number[][] = [];
  for (let below: number | null = 1_000_000; below !== null; ) {
    const page = await search({ binId, above, below, kept }, queryOf(text), 1000);
    pages.push(page.seqs);
    below = page.reached;
  }
  return pages;
}

const found = async (binId: string, text: string, there = whole) =>
  (await pagesOf(binId, text, undefined, there)).flat();

describe("a search of stored requests", () => {
  test("finds just those that the predicate says yes to", async () => {
    const seed = Date.now() % 2 ** 31;
    const sampled = fc.sample(givenRequest, { numRuns: BLOCK_REQUESTS + 42, seed });
    const long = [66_000, 66_000, 300_000].map((bytes, place) =>
      padded(sampled[place] ?? {}, bytes),
    );
    const given = [...long, ...sampled.slice(long.length)];
    const after = fc.sample(aftermath, { numRuns: given.length, seed });
    const subjects = await store("agreement", given, after);
    const above = 20;
    const isPinned = (place: number) => after[place]?.said.pinned === true;
    const kept = Array.from({ length: above }, (_, place) => place + 1).filter((seq) =>
      isPinned(seq - 1),
    );
    const there = subjects.filter(({ request: { seq } }) => seq > above || kept.includes(seq));
    const queries = fc
      .sample(queryText, { numRuns: 80, seed })
      .filter((text) => parseQuery(text).ok);
    let matches = 0;
    for (let at = 0; at < queries.length; at += 4) {
      const four = queries.slice(at, at + 4).map(async (text) => {
        const wanted = there.filter(compile(queryOf(text))).map(({ request }) => request.seq);
        matches += wanted.length;
        expect([seed, text, await found("agreement", text, { above, kept })]).toEqual([
          seed,
          text,
          wanted.toReversed(),
        ]);
      });
      await Promise.all(four);
    }
    expect(queries.length * there.length).toBeGreaterThan(10_000);
    expect(matches).toBeGreaterThan(1_000);
  });

  test("that has no time gives what it has, and goes on from there until all is found", async () => {
    const bodies = Array.from({ length: 3 * BLOCK_REQUESTS }, (_, place) => ({
      body: Buffer.from(JSON.stringify({ place, third: place % 3 === 0 })),
    }));
    await own.addBin("hasty");
    await own.add("hasty", bodies);
    const thirds = bodies.flatMap((_, place) => (place % 3 === 0 ? [place + 1] : [])).toReversed();
    for (const text of [
      "body.third:true",
      "-body.third:false",
      "third*true",
      "body.third:true size>0",
    ]) {
      const pages = await pagesOf("hasty", text, -1);
      expect([text, pages.length > 1]).toEqual([text, true]);
      expect([text, pages.flat()]).toEqual([text, thirds]);
    }
  });

  test("finds nothing of what was removed, though the index still knows it; the janitor takes the index", async () => {
    await own.addBin("gone");
    const ids = await own.add(
      "gone",
      Array.from({ length: 2 * BLOCK_REQUESTS }, () => ({ body: Buffer.from("here") })),
    );
    // A page that ends early leaves less than a block to the next one, which needs no index then.
    const [first] = await pagesOf("gone", "here", 60_000);
    expect(first).toHaveLength(2 * BLOCK_REQUESTS);
    await own.store.removals.one("gone", ids[0] ?? "");
    await own.store.removals.one("gone", ids.at(-1) ?? "");
    const left = await found("gone", "here");
    expect([left.length, left[0], left.at(-1)]).toEqual([
      2 * BLOCK_REQUESTS - 2,
      2 * BLOCK_REQUESTS - 1,
      2,
    ]);
    const blocks = { where: { binId: "gone" } };
    expect(await own.database.prisma.searchBlock.count(blocks)).toBe(2);
    await own.database.prisma.capturedRequest.deleteMany({
      where: { binId: "gone", seq: { lte: BLOCK_REQUESTS } },
    });
    await sweepBlocks();
    expect(
      await own.database.prisma.searchBlock.findMany({ ...blocks, select: { number: true } }),
    ).toEqual([{ number: 1 }]);
    expect(await found("gone", "here")).toHaveLength(BLOCK_REQUESTS - 1);
  });
});

/** Stores requests with what became of them, and gives them as the predicate sees them. */
async function store(binId: string, given: GivenRequest[], after: Aftermath[]): Promise<Subject[]> {
  const { prisma } = own.database;
  await own.addBin(binId);
  const ids = await own.add(binId, given);
  const idAt = (place: number) => ids[place] ?? "";
  const forwards = after.flatMap((one, place) =>
    one.forwards.map((state) => forwardRow(idAt(place), state)),
  );
  const answers = after.flatMap(({ listenerStatus }, place) =>
    listenerStatus === null ? [] : [answerRow(idAt(place), place + 1, listenerStatus)],
  );
  await prisma.forward.createMany({ data: forwards.map((row) => ({ ...row, binId })) });
  await prisma.answer.createMany({ data: answers.map((row) => ({ ...row, binId })) });
  await prisma.annotation.createMany({
    data: after.map(({ said }, place) => ({ ...said, id: idAt(place), binId, seq: place + 1 })),
  });
  return given.map(({ atMs = 0, ...request }, place) => {
    const { listenerStatus = null, forwards: states = [] } = after[place] ?? {};
    const status = listenerStatus ?? request.response?.status;
    return subject({
      ...request,
      id: idAt(place),
      seq: place + 1,
      receivedAt: rfc3339(atMs * 1000),
      response: status === undefined ? null : { status },
      ...toMarks(after[place]?.said),
      forwards: states,
    });
  });
}

const toMarks = ({ note, labels, pinned }: Said = { note: "", labels: [], pinned: false }) => ({
  labels,
  ...(note === "" ? {} : { note }),
  ...(pinned ? { pinned: true as const } : {}),
});

/** An hour later. */
async function sweepBlocks(): Promise<void> {
  const sweep = createSearchBlockSweep(own.database);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_601_000 });
  try {
    await sweep(createPace(new AbortController().signal));
  } finally {
    vi.useRealTimers();
  }
}

const forwardRow = (requestId: string, state: string) => ({
  id: uuidv7(),
  requestId,
  target: "http://localhost",
  state,
  append: false,
  resigned: false,
  edited: false,
});

const answerRow = (id: string, seq: number, responseStatus: number) => ({
  id,
  seq,
  outcome: "sent",
  storedMs: 1,
  responseStatus,
});
