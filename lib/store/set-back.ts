import type pg from "pg";

/** The row of a destination first, as everywhere: who works at it holds that while it writes what waits. */
const lockSql = `
SELECT FROM destination_states WHERE due_at IS NOT NULL OR probe_at IS NOT NULL OR EXISTS (
  SELECT FROM waiting_forwards WHERE waiting_forwards.destination_id = destination_states.destination_id
) ORDER BY destination_id FOR UPDATE`;

/** What was never tried was due when it was given. Its age begins again rather than later than now. */
const waitingSql = `
UPDATE waiting_forwards SET since = LEAST(since, clock_timestamp()),
  due_at = CASE WHEN tries = 0 THEN LEAST(due_at, clock_timestamp()) ELSE due_at - $1 * interval '1 ms' END
WHERE due_at > clock_timestamp()`;

const statesSql = `
UPDATE destination_states SET due_at = due_at - $1 * interval '1 ms', opened_at = opened_at - $1 * interval '1 ms',
  probe_at = probe_at - $1 * interval '1 ms'
WHERE due_at > clock_timestamp() OR probe_at > clock_timestamp()`;

/**
 * The database's clock was set back: what waits for a time would wait so much longer. Told by several servers, it waits
 * shorter, and no time becomes one that is long over.
 */
export async function clockSetBack(client: pg.ClientBase, ms: number): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(lockSql);
    for (const text of [waitingSql, statesSql]) await client.query(text, [ms]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
