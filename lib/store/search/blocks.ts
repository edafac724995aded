import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import {
  type Answers,
  type Block,
  BLOCK_FORMAT,
  BLOCK_REQUESTS,
  packBlock,
  questionsOf,
  SLICE_BYTES,
} from "../../search/block.ts";
import { OTHERS, RANGE_BYTES } from "../../search/block-numbers.ts";
import { indexRequest } from "../../search/index-request.ts";
import type { RequestIndex } from "../../search/index-terms.ts";
import type { Narrowing } from "../../search/narrowing.ts";
import { VALUES_BODY_BYTES } from "../../search/subject.ts";
import { listRequests } from "./list.ts";
import { runSql } from "./run-sql.ts";
import { readSubjects, readsOf } from "./subjects.ts";

/** The seqs of a block: above `above`, below `below`. */
export const blockRange = (number: number) => ({
  above: number * BLOCK_REQUESTS,
  below: (number + 1) * BLOCK_REQUESTS + 1,
});
export const blockOf = (seq: number) => Math.floor((seq - 1) / BLOCK_REQUESTS);

/** What each of these blocks that there is says to a narrowing, by its number. */
export async function askBlocks(
  pool: pg.Pool,
  binId: string,
  numbers: readonly number[],
  narrowing: Narrowing,
): Promise<Map<number, Answers>> {
  const { terms, ranges } = questionsOf(narrowing);
  const rows = await runSql<{ number: number } & Answers>(
    pool,
    Prisma.sql`
      SELECT block.number,
        coalesce(CASE WHEN block.width > 0 THEN (
          SELECT string_agg(substring(block.bits FROM (term & (block.width - 1)) * ${SLICE_BYTES}::int + 1 FOR ${SLICE_BYTES}::int), ''::bytea ORDER BY place)
          FROM unnest(${terms}::int[]) WITH ORDINALITY AS asked (term, place)
        ) END, ''::bytea) AS slices,
        ARRAY(
          SELECT coalesce(substring(block.numbers FROM (coalesce(array_position(block.scopes, scope), array_position(block.scopes, ${OTHERS}::int)) - 1) * ${RANGE_BYTES}::int + 1 FOR ${RANGE_BYTES}::int), ''::bytea)
          FROM unnest(${ranges.map(({ scope }) => scope)}::int[]) WITH ORDINALITY AS asked (scope, place) ORDER BY place
        ) AS ranges
      FROM search_blocks AS block
      WHERE block.bin_id = ${binId} AND block.number = ANY (${numbers}::int[])
        AND block.format = ${BLOCK_FORMAT}::int`,
  );
  return new Map(
    rows.map(({ number, slices, ranges: answered }) => [number, { slices, ranges: answered }]),
  );
}

/** Requests of 10 KB take 5 ms then: so long a capture may have to wait for its turn. */
const IN_A_ROW = 16;

/** Makes the block of these seqs. All of them were given: what is not there was removed and will not come. */
export async function makeBlock(pool: pg.Pool, binId: string, number: number): Promise<void> {
  const indexes = Array.from<unknown, RequestIndex | null>({ length: BLOCK_REQUESTS }, () => null);
  const { above, below } = blockRange(number);
  const needs = { headers: true, bodyBytes: VALUES_BODY_BYTES, forwards: false, annotation: false };
  const listed = await listRequests(pool, { binId, above, below }, needs, {
    limit: BLOCK_REQUESTS,
  });
  for (const read of readsOf(listed, false)) {
    const subjects = await readSubjects(pool, binId, read, needs);
    for (const [place, subject] of subjects.entries()) {
      indexes[subject.request.seq - above - 1] = indexRequest(subject);
      if (place % IN_A_ROW === IN_A_ROW - 1) await setImmediate();
    }
  }
  await setImmediate();
  await saveBlock(pool, binId, number, packBlock(indexes));
}

async function saveBlock(
  pool: pg.Pool,
  binId: string,
  number: number,
  { width, bits, numbers }: Block,
): Promise<void> {
  await runSql(
    pool,
    Prisma.sql`
      INSERT INTO search_blocks (bin_id, number, format, width, bits, scopes, numbers)
      VALUES (${binId}, ${number}::int, ${BLOCK_FORMAT}::int, ${width}::int, ${Buffer.from(bits.buffer)}, ${numbers.scopes}::int[], ${Buffer.from(numbers.rows.buffer)})
      ON CONFLICT (bin_id, number) DO UPDATE
        SET format = excluded.format, width = excluded.width, bits = excluded.bits, scopes = excluded.scopes, numbers = excluded.numbers`,
  );
}
