import { BLOCK_REQUESTS } from "../../search/block.ts";
import type { Database } from "../database.ts";
import type { Task } from "./pace.ts";

const BLOCKS_PER_STEP = 50;
const HOUR_MS = 60 * 60 * 1000;

/** Removes the index of requests that are all gone: cleared, deleted with their bin, or older than what was kept. */
export function createSearchBlockSweep({ pool }: Pick<Database, "pool">): Task {
  let nextAtMs = Date.now() + HOUR_MS;

  return async (pace) => {
    if (Date.now() < nextAtMs) return;
    nextAtMs = Date.now() + HOUR_MS;
    do {
      const { rowCount } = await pool.query(sql, [BLOCK_REQUESTS, BLOCKS_PER_STEP]);
      if (rowCount === 0) return;
    } while (await pace.pause());
  };
}

const sql = `
DELETE FROM search_blocks WHERE (bin_id, number) IN (
  SELECT block.bin_id, block.number FROM search_blocks AS block
  WHERE NOT EXISTS (
    SELECT FROM requests AS request
    WHERE request.bin_id = block.bin_id
      AND request.seq > block.number::bigint * $1 AND request.seq <= (block.number::bigint + 1) * $1
  )
  LIMIT $2
)`;
