import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import type { Needs } from "../../search/needs.ts";
import { runSql } from "./run-sql.ts";
import type { Listed } from "./subjects.ts";

/** Seqs above and below these; `kept`: and these, though they are not above. */
export type Range = {
  binId: string;
  above: number;
  below: number;
  kept?: readonly (number | bigint)[];
};

type ListOptions = {
  limit: number;
  /** On the row `r`. */
  where?: Prisma.Sql;
  /** Only these. */
  seqs?: readonly number[];
};

/** The requests of a range, newest first, without their content. */
export async function listRequests(
  pool: pg.Pool,
  { binId, above, below }: Range,
  { bodyBytes }: Pick<Needs, "bodyBytes">,
  { limit, where = Prisma.sql`TRUE`, seqs }: ListOptions,
): Promise<Listed[]> {
  const among = seqs ? Prisma.sql`r.seq = ANY (${seqs}::bigint[])` : Prisma.sql`TRUE`;
  const rows = await runSql<{ seq: string; bytes: number }>(
    pool,
    Prisma.sql`
      SELECT r.seq, least(r.body_size, ${bodyBytes}::int) AS bytes FROM requests AS r
      WHERE r.bin_id = ${binId} AND r.seq > ${above}::bigint AND r.seq < ${below}::bigint
        AND ${among} AND ${where}
      ORDER BY r.seq DESC LIMIT ${limit}::int`,
  );
  return rows.map(({ seq, bytes }) => ({ seq: Number(seq), bytes }));
}
