import type { JanitorParts } from "../janitor.ts";
import type { Pace, Task } from "./pace.ts";

const BINS_PER_STEP = 1_000;
const NO_CAP = 2n ** 62n;

type Head = { bin_id: string; last_seq: bigint; cleared_through: bigint };
/** What was stored up to `seq`, at most: removals since then are not taken off. */
type Tally = { seq: bigint; bytes: bigint };

/**
 * Drops the oldest requests of bins that hold more than the caps allow, by raising their watermark. Only bins whose head
 * moved are looked at, and of those only the new rows are added up, until the sum could be above a cap.
 * A request counts with its body and its headers as stored; what is pinned has a cap of its own and stays.
 */
export function createCaps({ config, database, store, live }: JanitorParts): Task {
  const countMax = BigInt(config.retention.requestsPerBin) || NO_CAP;
  const bytesMax = BigInt(config.retention.bytesPerBin) || NO_CAP;
  const tallies = new Map<string, Tally>();
  const { prisma } = database;

  async function check(head: Head): Promise<void> {
    const before = tallies.get(head.bin_id) ?? { seq: head.cleared_through, bytes: 0n };
    const bytes = before.bytes + (await bytesAfter(head, before.seq));
    const count = head.last_seq - head.cleared_through;
    const isWithin = bytes <= bytesMax && count <= countMax;
    const kept = isWithin ? bytes : await drop(head);
    tallies.set(head.bin_id, { seq: head.last_seq, bytes: kept });
  }

  /** Bytes stored above `after`, up to the head. */
  async function bytesAfter(head: Head, after: bigint): Promise<bigint> {
    const rows = await prisma.$queryRaw<{ bytes: bigint }[]>`
      SELECT coalesce(sum(body_size + pg_column_size(headers)), 0)::bigint AS bytes
      FROM requests WHERE bin_id = ${head.bin_id} AND seq > ${after} AND seq <= ${head.last_seq}`;
    return rows[0]?.bytes ?? 0n;
  }

  /** The bytes that are left, without what is pinned. */
  async function drop(head: Head): Promise<bigint> {
    const rows = await prisma.$queryRaw<{ through: bigint | null; kept: bigint }[]>`
      SELECT max(seq) FILTER (WHERE place > ${countMax} OR total > ${bytesMax}) AS through,
        coalesce(sum(size) FILTER (WHERE place <= ${countMax} AND total <= ${bytesMax}), 0)::bigint AS kept
      FROM (
        SELECT seq, size, row_number() OVER newest AS place, sum(size) OVER newest AS total
        FROM (
          SELECT seq, body_size + pg_column_size(headers) AS size
          FROM requests WHERE bin_id = ${head.bin_id} AND seq > ${head.cleared_through}
            AND NOT EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned)
        ) AS visible
        WINDOW newest AS (ORDER BY seq DESC ROWS UNBOUNDED PRECEDING)
      ) AS added_up`;
    const { through = null, kept = 0n } = rows[0] ?? {};
    const removal = through && (await store.removals.raiseWatermark(head.bin_id, through));
    if (removal) live.removed(head.bin_id, removal);
    return kept;
  }

  async function checkMoved(heads: readonly Head[], pace: Pace): Promise<boolean> {
    for (const head of heads) {
      if (tallies.get(head.bin_id)?.seq === head.last_seq) continue;
      await check(head);
      if (!(await pace.pause())) return false;
    }
    return true;
  }

  return async (pace) => {
    if (countMax === NO_CAP && bytesMax === NO_CAP) return;
    const seen = new Set<string>();
    let after = "";
    do {
      const heads = await prisma.$queryRaw<Head[]>`
        SELECT bin_id, last_seq, cleared_through FROM bin_heads JOIN bins ON bins.id = bin_id
        WHERE bin_id > ${after} AND last_seq > 0 ORDER BY bin_id LIMIT ${BINS_PER_STEP}::int`;
      for (const head of heads) seen.add(head.bin_id);
      if (!(await checkMoved(heads, pace))) return;
      if (heads.length < BINS_PER_STEP) break;
      after = heads.at(-1)?.bin_id ?? "";
    } while (await pace.pause());
    for (const binId of tallies.keys()) if (!seen.has(binId)) tallies.delete(binId);
  };
}
