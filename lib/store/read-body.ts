import type { Database } from "./database.ts";

const PIECE_BYTES = 512 * 1024;

/**
 * A body that lies in `bodies`, or null when it is not there. Raw SQL, piece by piece: bytea arrives as hex text, and
 * 10 MiB at once hold the event loop for 66 ms, in which no capture is answered; in pieces it was 12 ms at most.
 */
export async function readLargeBody(
  { pool }: Pick<Database, "pool">,
  id: string,
  size: number,
): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  for (let start = 0; start < size; start += PIECE_BYTES) {
    const { rows } = await pool.query<{ piece: Buffer }>({
      name: "read-body",
      text: "SELECT substring(bytes FROM $2::int FOR $3::int) AS piece FROM bodies WHERE id = $1",
      values: [id, start + 1, PIECE_BYTES],
    });
    const piece = rows[0]?.piece;
    if (!piece) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
