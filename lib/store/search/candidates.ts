import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import { type Answers, BLOCK_REQUESTS, candidatesOf } from "../../search/block.ts";
import type { Narrowing } from "../../search/narrowing.ts";
import type { Needs } from "../../search/needs.ts";
import { blockOf, blockRange, askBlocks } from "./blocks.ts";
import { type Condition, TRUE } from "./conditions.ts";
import { firstWindow, isInOne, nextWindow } from "./window.ts";
import { listRequests, type Range } from "./list.ts";
import { runSql } from "./run-sql.ts";
import type { Listed } from "./subjects.ts";

/** Requests that may match, newest first; `reached`: above that and at it there is no other. */
export type Stretch = { listed: Listed[]; reached: number };

export type Hunt = {
  pool: pg.Pool;
  range: Range;
  /** What a match needs as a row; `isExact`: and it is a match then. */
  condition: Condition;
  /** What a match needs in the index. */
  narrowing: Narrowing;
  /** What must be read to be sure. */
  needs: Needs;
  limit: number;
  makeBlock: (binId: string, number: number) => Promise<void>;
};

/** So few are looked at one by one, without the index. */
const FEW = BLOCK_REQUESTS;
/** Most queries find a page of matches among the newest. */
const BLOCKS_AT_ONCE = [4, 16, 64] as const;
const PAGE = 1_000;

/** All requests of a range that may match, from the newest on. */
export async function* candidates(hunt: Hunt): AsyncGenerator<Stretch> {
  yield* inRange(hunt);
  yield* amongKept(hunt);
}

/** So few that they are looked at one by one: between them lies what is cleared, however much that was. */
async function* amongKept({ pool, range, needs, condition }: Hunt): AsyncGenerator<Stretch> {
  const { binId, below, kept = [] } = range;
  if (kept.length === 0) return;
  const options = { limit: kept.length, where: condition.sql, seqs: kept.map(Number) };
  const listed = await listRequests(pool, { binId, above: 0, below }, needs, options);
  yield { listed, reached: 1 };
}

async function* inRange(hunt: Hunt): AsyncGenerator<Stretch> {
  const { pool, narrowing, needs, condition } = hunt;
  const ends = await endsOf(hunt);
  if (!ends) return;
  const range = {
    binId: hunt.range.binId,
    above: Math.max(hunt.range.above, ends.first - 1),
    below: Math.min(hunt.range.below, ends.last + 1),
  };
  const count = range.below - range.above - 1;
  if (condition.isExact || narrowing.kind === "any" || count <= FEW) {
    yield* scan(hunt, range);
    return;
  }
  if (condition.sql !== TRUE && isInOne(condition, count)) {
    const few = await listRequests(pool, range, needs, { limit: FEW + 1, where: condition.sql });
    if (few.length <= FEW) {
      yield { listed: few, reached: range.above + 1 };
      return;
    }
  }
  yield* throughBlocks(hunt, range, ends.last);
}

/** The first and the last seq that the bin has. */
async function endsOf({ pool, range }: Hunt): Promise<{ first: number; last: number } | null> {
  const [ends] = await runSql<{ first: string | null; last: string }>(
    pool,
    Prisma.sql`
      SELECT (SELECT min(seq) FROM requests WHERE bin_id = ${range.binId} AND seq > ${range.above}::bigint) AS first,
        (SELECT max(seq) FROM requests WHERE bin_id = ${range.binId}) AS last`,
  );
  return ends?.first ? { first: Number(ends.first), last: Number(ends.last) } : null;
}

async function* scan(hunt: Hunt, range: Range): AsyncGenerator<Stretch> {
  const limit = hunt.condition.isExact ? hunt.limit : PAGE;
  const options = { limit, where: hunt.condition.sql };
  let rows = firstWindow(hunt.condition);
  for (let below = range.below; below > range.above + 1; ) {
    const startedAt = performance.now();
    const window = { ...range, below, above: Math.max(range.above, below - 1 - rows) };
    const listed = await listRequests(hunt.pool, window, hunt.needs, options);
    rows = nextWindow(rows, performance.now() - startedAt);
    const last = listed.length === limit ? listed.at(-1) : undefined;
    below = last?.seq ?? window.above + 1;
    yield { listed, reached: below };
  }
}

/** A block is asked once its last seq was given: those of a bin are given in the order of their commits. */
async function* throughBlocks(hunt: Hunt, range: Range, lastSeq: number): AsyncGenerator<Stretch> {
  const completeTo = lastSeq - (lastSeq % BLOCK_REQUESTS);
  if (range.below - 1 > completeTo)
    yield* scan(hunt, { ...range, above: Math.max(range.above, completeTo) });
  const newest = blockOf(Math.min(range.below - 1, completeTo));
  const oldest = blockOf(range.above + 1);
  let from = newest;
  for (let round = 0; from >= oldest; round++) {
    const most = Math.min(
      BLOCKS_AT_ONCE[round] ?? BLOCKS_AT_ONCE[2],
      Math.max(1, Math.floor(firstWindow(hunt.condition) / BLOCK_REQUESTS)),
    );
    const numbers = Array.from({ length: Math.min(most, from - oldest + 1) }, (_, at) => from - at);
    yield* inBlocks(hunt, range, numbers);
    from -= numbers.length;
  }
}

/** `numbers`: descending. */
async function* inBlocks(
  hunt: Hunt,
  range: Range,
  numbers: readonly number[],
): AsyncGenerator<Stretch> {
  const { pool, narrowing, makeBlock } = hunt;
  const there = await askBlocks(pool, range.binId, numbers, narrowing);
  let seqs: number[] = [];
  for (const number of numbers) {
    let answers = there.get(number);
    if (!answers) {
      if (seqs.length > 0) yield await among(hunt, range, seqs, number + 1);
      seqs = [];
      await makeBlock(range.binId, number);
      answers = (await askBlocks(pool, range.binId, [number], narrowing)).get(number);
    }
    if (answers) seqs.push(...seqsOf(number, narrowing, answers));
  }
  yield await among(hunt, range, seqs, numbers.at(-1) ?? 0);
}

const seqsOf = (number: number, narrowing: Narrowing, answers: Answers) =>
  candidatesOf(narrowing, answers).map((place) => blockRange(number).above + 1 + place);

/** Those of `seqs` that are there and fit what SQL knows. */
async function among(
  hunt: Hunt,
  range: Range,
  seqs: readonly number[],
  lastBlock: number,
): Promise<Stretch> {
  const reached = Math.max(range.above, blockRange(lastBlock).above) + 1;
  if (seqs.length === 0) return { listed: [], reached };
  const { pool, needs, condition } = hunt;
  return {
    listed: await listRequests(pool, range, needs, {
      limit: seqs.length,
      where: condition.sql,
      seqs,
    }),
    reached,
  };
}
