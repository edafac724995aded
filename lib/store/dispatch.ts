import type pg from "pg";
import { listenerOf } from "../contract/listener-target.ts";
import type { Needs } from "../search/needs.ts";
import type { Subject } from "../search/subject.ts";
import { bool, encodeArray, int8, uuid } from "./binary-array.ts";
import { readsOf, readSubjects } from "./search/subjects.ts";
import type { TurnJobs } from "./turn-jobs.ts";

/** A request above a destination's cursor, before its query has been asked. */
export type ListedRequest = {
  id: string;
  seq: number;
  bodySize: number;
  /** What is stored is not all that was sent. */
  isCut: boolean;
  isImported: boolean;
};

/** A destination as `Choose` sees it. `isResend`: a person chose, so what was read from a file is sent as well. */
type Chooser = { id: string; q: string; isResend: boolean };

/** A request that the destination gets, by the id of the forward that brings it. */
export type Dispatched = ListedRequest & { forwardId: string };

/** What a destination wants of requests that follow each other. `subjects`: what its query needs of them, read now. */
export type Choose = (
  destination: Chooser,
  listed: readonly ListedRequest[],
  subjects: (needs: Needs) => AsyncGenerator<Subject>,
) => Promise<Dispatched[]>;

type Locked = {
  bin_id: string;
  q: string;
  url: string;
  append: boolean;
  resign: boolean;
  is_edited: boolean;
  cursor: string;
  above: string;
  /** Up to where: of a resend the last that it is given. */
  last_seq: string;
  is_resend: boolean;
  marked: string[];
};

const ROWS_MAX = 500;
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** Gone: the bin, its head with it, or the destination. */
const lockSql = `
SELECT destinations.bin_id, q, url, append, resign, cursor, COALESCE(through, last_seq) AS last_seq,
  through IS NOT NULL AS is_resend, marked,
  json_array_length(add_headers) + json_array_length(remove_headers) > 0 AS is_edited,
  GREATEST(cursor, cleared_through) AS above
FROM destinations JOIN bins ON bins.id = bin_id JOIN bin_heads ON bin_heads.bin_id = bins.id
WHERE destinations.id = $1 AND enabled AND cursor < COALESCE(through, last_seq)
  AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > now())
FOR UPDATE OF destinations SKIP LOCKED`;

const pageSql = `
SELECT id, seq, body_size AS "bodySize", body_truncated OR body_incomplete AS "isCut",
  imported IS NOT NULL AS "isImported"
FROM requests WHERE bin_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${ROWS_MAX}`;

/** Those of a resend: also what a pin keeps below the watermark, and only what was marked, where something was. */
const resendPageSql = `
SELECT id, seq, body_size AS "bodySize", body_truncated OR body_incomplete AS "isCut",
  imported IS NOT NULL AS "isImported"
FROM requests WHERE bin_id = $1 AND seq > $2 AND seq <= $3
  AND (cardinality($4::int8[]) = 0 OR seq = ANY ($4::int8[]))
  AND (seq > (SELECT cleared_through FROM bins WHERE id = $1)
    OR EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned))
ORDER BY seq LIMIT ${ROWS_MAX}`;

/** A request that has its forward already, since the cursor was set back, does not get another one. */
const insertSql = `
WITH taken AS (
  INSERT INTO forwards
    (id, bin_id, request_id, target, state, append, resigned, edited, destination_id, dead_reason)
  SELECT row.id, $2, row.request_id, $3, CASE WHEN row.is_cut THEN 'dead' ELSE 'pending' END, $4, $5, $6, $1,
    CASE WHEN row.is_cut THEN 'body_incomplete' END
  FROM unnest($7::uuid[], $8::uuid[], $9::bool[]) AS row (id, request_id, is_cut)
  ON CONFLICT (id) DO NOTHING RETURNING id, state
)
INSERT INTO waiting_forwards (forward_id, destination_id, bin_id, request_id, seq, due_at, since)
SELECT taken.id, $1, $2, row.request_id, row.seq, now(), now()
FROM taken JOIN unnest($7::uuid[], $8::uuid[], $10::int8[]) AS row (id, request_id, seq) USING (id)
WHERE taken.state = 'pending'
ON CONFLICT (forward_id) DO NOTHING`;

/** While its circuit breaker is open there is nothing to do for it. */
const moveSql = `
WITH moved AS (
  UPDATE destinations SET cursor = $2, missed = missed + $3 WHERE id = $1
)
UPDATE destination_states SET due_at = LEAST(due_at, GREATEST(now(), probe_at))
WHERE destination_id = $1 AND $4`;

/**
 * Gives a destination the next page of its bin: forwards, its turn and its cursor, in one transaction. Its row is locked
 * meanwhile, so that of all processes one does it.
 * @returns whether there may be more; null when there was nothing, or another process does it now.
 */
export async function dispatchPage(
  pool: pg.Pool,
  jobs: Pick<TurnJobs, "wake">,
  destinationId: string,
  choose: Choose,
): Promise<{ binId: string; isMore: boolean } | null> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const done = await dispatch(client, pool, jobs, destinationId, choose);
    await client.query("COMMIT");
    client.release();
    return done;
  } catch (error) {
    // Whatever state it is in: the connection, and its transaction with it, ends here.
    client.release(true);
    throw error;
  }
}

async function dispatch(
  client: pg.PoolClient,
  pool: pg.Pool,
  jobs: Pick<TurnJobs, "wake">,
  id: string,
  choose: Choose,
) {
  const locked = await client.query<Locked>({ name: "dispatch-lock", text: lockSql, values: [id] });
  const [row] = locked.rows;
  if (!row) return null;
  const { bin_id: binId, last_seq: lastSeq } = row;
  const page = await listAbove(client, row);
  const listed = row.q === "" ? page : ofBytes(page);
  const isMore = page.length === ROWS_MAX || listed.length < page.length;
  const through = isMore ? (listed.at(-1)?.seq ?? 0) : Number(lastSeq);
  const chosen = await choose({ id, q: row.q, isResend: row.is_resend }, listed, (needs) =>
    subjectsOf(pool, binId, listed, needs),
  );
  if (chosen.length > 0) await insert(client, id, row, chosen);
  const missed = row.is_resend ? 0 : through - Number(row.cursor) - listed.length;
  const hasWork = chosen.length > 0;
  await client.query({
    name: "dispatch-move",
    text: moveSql,
    values: [id, through, missed, hasWork],
  });
  if (hasWork) await jobs.wake([id], client);
  return { binId, isMore };
}

async function listAbove(client: pg.ClientBase, row: Locked) {
  const { bin_id, cursor, above, last_seq, marked, is_resend } = row;
  const query = is_resend
    ? { name: "dispatch-resend", text: resendPageSql, values: [bin_id, cursor, last_seq, marked] }
    : { name: "dispatch-page", text: pageSql, values: [bin_id, above, last_seq] };
  const { rows } = await client.query<Omit<ListedRequest, "seq"> & { seq: string }>(query);
  return rows.map((row): ListedRequest => ({ ...row, seq: Number(row.seq) }));
}

/** The first of a page, at least one, whose bodies can be looked at within one transaction. */
function ofBytes(page: ListedRequest[]): ListedRequest[] {
  let bytes = 0;
  const end = page.findIndex(({ bodySize }, index) => {
    bytes += bodySize;
    return index > 0 && bytes > BODY_BYTES_MAX;
  });
  return end < 0 ? page : page.slice(0, end);
}

async function insert(
  client: pg.ClientBase,
  destinationId: string,
  { bin_id, url, append, resign, is_edited }: Locked,
  chosen: readonly Dispatched[],
): Promise<void> {
  await client.query({
    name: "dispatch-insert",
    text: insertSql,
    values: [
      destinationId,
      bin_id,
      listenerOf(url) === null ? url : "listener",
      append,
      resign,
      is_edited,
      encodeArray(
        uuid,
        chosen.map((each) => each.forwardId),
      ),
      encodeArray(
        uuid,
        chosen.map((each) => each.id),
      ),
      encodeArray(
        bool,
        chosen.map((each) => each.isCut),
      ),
      encodeArray(
        int8,
        chosen.map((each) => each.seq),
      ),
    ],
  });
}

/** Read in pieces of one MiB, on another connection. */
async function* subjectsOf(
  pool: pg.Pool,
  binId: string,
  listed: readonly ListedRequest[],
  needs: Needs,
): AsyncGenerator<Subject> {
  const all = listed.map(({ seq, bodySize }) => ({
    seq,
    bytes: Math.min(bodySize, needs.bodyBytes),
  }));
  for (const read of readsOf(all, false)) yield* await readSubjects(pool, binId, read, needs);
}
