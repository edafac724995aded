import type pg from "pg";
import type { DeliveryEdit } from "../contract/relay.ts";
import { CONNECTED } from "./listeners.ts";
import type { Hold } from "./turns.ts";

/** What a turn hands over to a listener; the process that has its connection carries it, as what a person asks for. */
export type HandOver = { forwardId: string; listener: string; edit: DeliveryEdit | null };

/** It is not due again while it is carried: a listener may put its report off for so long. */
const CARRIED_FOR = "1 hour";

const handOverSql = `
WITH held AS (
  UPDATE destination_states SET tokens = $3, tokens_at = $4 WHERE destination_id = $1 AND turn = $2
  RETURNING destination_id
), taken AS (
  UPDATE waiting_forwards SET tries = tries + 1, due_at = now() + interval '${CARRIED_FOR}' FROM held
  WHERE waiting_forwards.destination_id = held.destination_id AND forward_id = $5 AND EXISTS (
    SELECT FROM listeners WHERE listeners.bin_id = waiting_forwards.bin_id AND name = $6 AND ${CONNECTED}
  ) RETURNING forward_id
)
UPDATE forwards SET listener = $6, edit = $7, created_at = now() FROM taken
WHERE id = forward_id AND state = 'pending' RETURNING id`;

/** False when the listener is away, another turn has begun, or it is not there any more. */
export async function handOver(
  client: pg.ClientBase,
  { destinationId, turn }: Hold,
  { forwardId, listener, edit }: HandOver,
  bucket: { tokens: number; atMs: number },
): Promise<boolean> {
  const tokens = Number.isFinite(bucket.tokens) ? bucket.tokens : 0;
  const asked = edit && JSON.stringify(edit);
  const { rowCount } = await client.query({
    name: "carried-hand-over",
    text: handOverSql,
    values: [destinationId, turn, tokens, new Date(bucket.atMs), forwardId, listener, asked],
  });
  return rowCount === 1;
}

/** After its outcome is stored: it waits no more. What did not arrive is dead, since a listener's is sent once. */
export async function endCarried(
  client: pg.ClientBase,
  { destinationId }: Hold,
  forwardId: string,
): Promise<void> {
  await client.query({
    name: "carried-end",
    text: `WITH held AS MATERIALIZED (
        SELECT 1 FROM destination_states WHERE destination_id = $1 FOR UPDATE
      ), ended AS (
        DELETE FROM waiting_forwards USING held WHERE destination_id = $1 AND forward_id = $2 RETURNING forward_id
      ) UPDATE forwards SET state = 'dead', dead_reason = 'attempts' FROM ended
      WHERE id = forward_id AND state = 'failed'`,
    values: [destinationId, forwardId],
  });
}

/** What an earlier turn handed over is looked at now. */
export async function resumeCarried(client: pg.ClientBase, { destinationId }: Hold): Promise<void> {
  await client.query({
    name: "carried-resume",
    text: "UPDATE waiting_forwards SET due_at = now() WHERE destination_id = $1 AND tries > 0",
    values: [destinationId],
  });
}
