import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import { type Answers, BLOCK_REQUESTS, candidatesOf } from "../../search/block.ts";
import type { Narrowing } from "../../search/narrowing.ts";
import type { Needs } from "../../search/needs.ts";
import { blockOf, blockRange, askBlocks } from "./blocks.ts";
import { listRequests, type Range } from "./list.ts";
import { runSql } from "./run-sql.ts";
import type { Listed } from "./subjects.ts";

/** Requests that may match, newest first; `reached`: above that and at it there is no other. */
export type Stretch = { listed: Listed[]; reached: number };

export type Hunt = {
  pool: pg.Pool;
  range: Range;
  /** What a match needs as a row, what in the index, and what must be read to be sure. */
  where: Prisma.Sql;
  narrowing: Narrowing;
  needs: Needs;
  makeBlock: (binId: string, number: number) => Promise<void>;
};

/** So few are looked at one by one, without the index. */
const FEW = BLOCK_REQUESTS;
const PAGE = 1_000;
/** Most queries find a page of matches among the newest. */
const BLOCKS_AT_ONCE = [4, 16, 64];

/** All requests of a range that may match, from the newest on. */
export async function* candidates(hunt: Hunt): AsyncGenerator<Stretch> {
  const { range, narrowing, where } = hunt;
  const ends = await endsOf(hunt);
  if (!ends) return;
  const below = Math.min(range.below, ends.last + 1);
  const above = Math.max(range.above, ends.first - 1);
  if (narrowing.kind === "any" || below - above <= FEW) {
    yield* scan(hunt, { ...range, above, below });
    return;
  }
  const few = await listRequests(hunt.pool, range, hunt.needs, { limit: FEW + 1, where });
  if (few.length <= FEW) yield { listed: few, reached: range.above + 1 };
  else yield* throughBlocks(hunt, { ...range, above, below }, ends.last);
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

async function* scan({ pool, needs, where }: Hunt, range: Range): AsyncGenerator<Stretch> {
  for (let below = range.below; ; ) {
    const listed = await listRequests(pool, { ...range, below }, needs, { limit: PAGE, where });
    const isLast = listed.length < PAGE;
    below = listed.at(-1)?.seq ?? below;
    yield { listed, reached: isLast ? range.above + 1 : below };
    if (isLast) return;
  }
}

/** A block is asked once its last seq was given: those of a bin are given in the order of their commits. */
async function* throughBlocks(hunt: Hunt, range: Range, lastSeq: number): AsyncGenerator<Stretch> {
  const completeTo = lastSeq - (lastSeq % BLOCK_REQUESTS);
  if (range.below - 1 > completeTo)
    yield* scan(hunt, { ...range, above: Math.max(range.above, completeTo) });
  const newest = blockOf(Math.min(range.below - 1, completeTo));
  const oldest = blockOf(range.above + 1);
  let round = 0;
  for (let from = newest; from >= oldest; round++) {
    const count = Math.min(
      BLOCKS_AT_ONCE[Math.min(round, BLOCKS_AT_ONCE.length - 1)] ?? 1,
      from - oldest + 1,
    );
    yield* inBlocks(
      hunt,
      range,
      Array.from({ length: count }, (_, index) => from - index),
    );
    from -= count;
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
  const { pool, needs, where } = hunt;
  return {
    listed: await listRequests(pool, range, needs, { limit: seqs.length, where, seqs }),
    reached,
  };
}
