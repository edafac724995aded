import { Prisma, type PrismaClient } from "#prisma/generated/client.ts";

/** Text that must be found, in any letter case. */
export type SearchTerm = { text: string };

export const SEARCHED_BODY_BYTES = 64 * 1024;

/** A LIKE pattern for "contains". */
const contains = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * The first 64 KiB of the body as text, one character per byte: that can't fail on bytes that are no UTF-8. Postgres
 * text can't hold NUL, so a body with one is searched in its escaped form.
 */
const bodyText = Prisma.sql`
  CASE WHEN position('\\x00'::bytea IN head.bytes) > 0 THEN encode(head.bytes, 'escape')
       ELSE convert_from(head.bytes, 'LATIN1') END`;

function condition({ text }: SearchTerm): Prisma.Sql {
  const pattern = contains(text);
  const bytesPattern = contains(Buffer.from(text, "utf8").toString("latin1"));
  return Prisma.sql`(
    r.method ILIKE ${pattern} OR r.target ILIKE ${pattern} OR EXISTS (
      SELECT 1 FROM json_array_elements(r.headers) AS header
      WHERE (header->>0) || ': ' || (header->>1) ILIKE ${pattern}
    ) OR ${bodyText} ILIKE ${bytesPattern}
  )`;
}

/**
 * The seqs, newest first, of the requests in which every term is found. Raw SQL: Prisma can't look into bytea or json
 * arrays, and its `contains` does not escape LIKE's wildcards.
 */
export async function searchSeqs(
  prisma: PrismaClient,
  range: { binId: string; above: bigint; below: number },
  terms: readonly SearchTerm[],
  limit: number,
): Promise<bigint[]> {
  const rows = await prisma.$queryRaw<{ seq: bigint }[]>`
    SELECT r.seq FROM requests AS r
    LEFT JOIN bodies AS large ON r.body IS NULL AND r.body_size > 0 AND large.id = r.id
    CROSS JOIN LATERAL (
      SELECT substring(coalesce(r.body, large.bytes, ''::bytea) FROM 1 FOR ${SEARCHED_BODY_BYTES}::int) AS bytes
    ) AS head
    WHERE r.bin_id = ${range.binId} AND r.seq > ${range.above} AND r.seq < ${range.below}::bigint
      AND ${Prisma.join(terms.map(condition), " AND ")}
    ORDER BY r.seq DESC LIMIT ${limit}::int`;
  return rows.map((row) => row.seq);
}
