import type pg from "pg";
import { uuid } from "./binary-array.ts";
import { copyIn } from "./copy-in.ts";

/** Postgres' binary COPY format (COPY, "File Formats"): signature, no flags, no extension. */
const FILE_HEAD = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const FILE_END = Buffer.from([0xff, 0xff]);
const UUID_BYTES = 16;
const UNIQUE_VIOLATION = "23505";

/**
 * Stores a body of its own, before its request's row. The same id again is the same bytes: a try after a lost connection.
 * @throws pg's error
 */
export async function insertBody(
  client: pg.ClientBase,
  id: string,
  pieces: readonly Buffer[],
): Promise<void> {
  try {
    await copyIn(client, "COPY bodies (id, bytes) FROM STDIN (FORMAT binary)", row(id, pieces));
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
    if (!isThere) throw error;
  }
}

function* row(id: string, pieces: readonly Buffer[]): Generator<Buffer> {
  const head = Buffer.alloc(2 + 4 + UUID_BYTES + 4);
  head.writeInt16BE(2, 0); // fields
  head.writeInt32BE(UUID_BYTES, 2);
  uuid.write(id, head, 6);
  head.writeInt32BE(
    pieces.reduce((size, piece) => size + piece.byteLength, 0),
    6 + UUID_BYTES,
  );
  yield Buffer.concat([FILE_HEAD, head]);
  yield* pieces;
  yield FILE_END;
}
