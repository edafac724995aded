import pg from "pg";
import { copyOut } from "../copy-out.ts";

/** Postgres' binary COPY format (COPY, "File Formats"): what precedes the first row; a row's count of fields. */
const FILE_HEAD_BYTES = 19;
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;
const SEQ_BYTES = 8;

/**
 * The beginnings of bodies, by their request's seq. Copied out as bytes: as hex text, in which a query would bring them,
 * they take half as much time again.
 */
export async function readBodies(
  pool: pg.Pool,
  binId: string,
  seqs: readonly number[],
  bytes: number,
): Promise<Map<number, Buffer>> {
  const bodies = new Map<number, Buffer>();
  let ahead = FILE_HEAD_BYTES;
  const takeRow = (message: Buffer) => {
    const row = message.subarray(ahead);
    ahead = 0;
    const seqAt = COUNT_BYTES + LENGTH_BYTES;
    const bodyAt = seqAt + SEQ_BYTES + LENGTH_BYTES;
    // Shorter is the end mark. The memory is the connection's own again: the bytes are copied.
    if (row.length < bodyAt) return;
    bodies.set(Number(row.readBigInt64BE(seqAt)), Buffer.from(row.subarray(bodyAt)));
  };
  const client = await pool.connect();
  try {
    await copyOut(client, bodiesSql(binId, seqs, bytes), takeRow);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return bodies;
}

/** COPY takes no parameters. */
function bodiesSql(binId: string, seqs: readonly number[], bytes: number): string {
  const body =
    "coalesce(r.body, (SELECT large.bytes FROM bodies AS large WHERE large.id = r.id), ''::bytea)";
  return `COPY (SELECT r.seq, substring(${body} FROM 1 FOR ${bytes}) FROM requests AS r
    WHERE r.bin_id = ${pg.escapeLiteral(binId)} AND r.seq = ANY ('{${seqs.join(",")}}'::bigint[])
    ) TO STDOUT (FORMAT binary)`;
}
