import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rfc3339 } from "#lib/contract/time.ts";
import { BLOCK_REQUESTS } from "#lib/search/block.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import type { Subject } from "#lib/search/subject.ts";
import { createSearch } from "#lib/store/search/search.ts";
import { aftermath, givenRequest, padded, queryText } from "#tests/helpers/search-samples.ts";
import { queryOf, subject } from "#tests/helpers/searched.ts";
import { type GivenRequest, openTestStore, type TestStore } from "#tests/helpers/store.ts";

let own: TestStore;
beforeAll(async () => {
  own = await openTestStore();
});
afterAll(() => own.close());

type Aftermath = { forwards: string[]; listenerStatus: number | null };

/** All seqs that a search finds, page after page. */
async function found(binId: string, text: string): Promise<number[]> {
  const search = createSearch(own.database.pool);
  const seqs: number[] = [];
  for (let below: number | null = 1_000_000; below !== null; ) {
    const page = await search({ binId, above: 0, below }, queryOf(text), 1000);
    seqs.push(...page.seqs);
    below = page.reached;
  }
  return seqs;
}

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
    const queries = fc
      .sample(queryText, { numRuns: 80, seed })
      .filter((text) => parseQuery(text).ok);
    let matches = 0;
    for (let at = 0; at < queries.length; at += 4) {
      const four = queries.slice(at, at + 4).map(async (text) => {
        const wanted = subjects.filter(compile(queryOf(text))).map(({ request }) => request.seq);
        matches += wanted.length;
        expect([seed, text, await found("agreement", text)]).toEqual([
          seed,
          text,
          wanted.toReversed(),
        ]);
      });
      await Promise.all(four);
    }
    expect(queries.length * subjects.length).toBeGreaterThan(10_000);
    expect(matches).toBeGreaterThan(1_000);
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
  return given.map(({ atMs = 0, ...request }, place) => {
    const { listenerStatus = null, forwards: states = [] } = after[place] ?? {};
    const status = listenerStatus ?? request.response?.status;
    return subject({
      ...request,
      id: idAt(place),
      seq: place + 1,
      receivedAt: rfc3339(atMs * 1000),
      response: status === undefined ? null : { status },
      forwards: states,
    });
  });
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
