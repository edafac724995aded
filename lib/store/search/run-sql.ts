import type pg from "pg";
import type { Prisma } from "#prisma/generated/client.ts";

/** Runs SQL composed with Prisma.sql by the driver itself: Prisma would copy each bytea once more. */
export async function runSql<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: Prisma.Sql,
): Promise<Row[]> {
  const { rows } = await pool.query<Row>({ text: sql.text, values: sql.values as unknown[] });
  return rows;
}
