import type { JanitorParts } from "../janitor.ts";
import type { Pace, Task } from "./pace.ts";
import { LOWEST_ID, uuidFloor } from "./uuid-floor.ts";

/** Of MAX_BYTES_PER_BIN, and beside it: what targets answered must not push out what was captured. */
const SHARE = 4;
/** An attempt's id is older than its row: by what the outcome log holds back, a second or two. */
const SETTLED_MS = 5_000;
const ROWS_PER_STEP = 5_000;
const DROPPED_PER_STEP = 200;

type Grown = { bin_id: string; bytes: bigint; last: string };
type Over = { kept: bigint; ids: string[] | null };

/**
 * Drops the oldest kept answers' bodies of bins whose forwards have been answered with more than a quarter of
 * MAX_BYTES_PER_BIN; all else of an attempt stays. New attempts alone are added up, until a bin could be above.
 */
export function createAnswerCap({ config, database }: JanitorParts): Task {
  const bytesMax = BigInt(Math.floor(config.retention.bytesPerBin / SHARE));
  const { prisma } = database;
  /** At most so many bytes: removals since then are not taken off. */
  const tallies = new Map<string, bigint>();
  let seenThrough = LOWEST_ID;

  /** What the next attempts up to `before` hold, by bin. Raw SQL: the lengths are read without the bodies. */
  async function grown(before: string): Promise<Grown[]> {
    return prisma.$queryRaw<Grown[]>`
      WITH page AS (
        SELECT id, forward_id, octet_length(body) AS bytes FROM attempts
        WHERE id > ${seenThrough}::uuid AND id < ${before}::uuid ORDER BY id LIMIT ${ROWS_PER_STEP}::int
      )
      SELECT coalesce(bin_id, '') AS bin_id, coalesce(sum(bytes), 0)::bigint AS bytes,
        (SELECT id FROM page ORDER BY id DESC LIMIT 1)::text AS last
      FROM page LEFT JOIN forwards ON forwards.id = page.forward_id GROUP BY bin_id`;
  }

  async function over(binId: string): Promise<Over> {
    const [row] = await prisma.$queryRaw<Over[]>`
      SELECT coalesce(sum(bytes) FILTER (WHERE total <= ${bytesMax}), 0)::bigint AS kept,
        array_agg(id::text) FILTER (WHERE total > ${bytesMax}) AS ids
      FROM (
        SELECT attempts.id, octet_length(attempts.body) AS bytes,
          sum(octet_length(attempts.body)) OVER (ORDER BY attempts.id DESC) AS total
        FROM requests
          JOIN forwards ON forwards.request_id = requests.id
          JOIN attempts ON attempts.forward_id = forwards.id
        WHERE requests.bin_id = ${binId} AND octet_length(attempts.body) > 0
      ) AS newest`;
    return row ?? { kept: 0n, ids: null };
  }

  /** False when the server stops. */
  async function drop(binId: string, pace: Pace): Promise<boolean> {
    const { kept, ids } = await over(binId);
    for (const step of slices(ids ?? [])) {
      await prisma.attempt.updateMany({ where: { id: { in: step } }, data: { body: null } });
      if (!(await pace.pause())) return false;
    }
    if (kept > 0n) tallies.set(binId, kept);
    else tallies.delete(binId);
    return true;
  }

  return async (pace) => {
    if (bytesMax === 0n) return;
    const before = uuidFloor(Date.now() - SETTLED_MS);
    for (let rows = await grown(before); rows.length > 0; rows = await grown(before)) {
      for (const { bin_id, bytes, last } of rows) {
        tallies.set(bin_id, (tallies.get(bin_id) ?? 0n) + bytes);
        seenThrough = last;
      }
      if (!(await pace.pause())) return;
    }
    for (const [binId, bytes] of tallies) {
      if (bytes > bytesMax && !(await drop(binId, pace))) return;
    }
  };
}

function* slices(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += DROPPED_PER_STEP) {
    yield ids.slice(at, at + DROPPED_PER_STEP);
  }
}
