import type { Forward } from "../contract/forwards.ts";
import type { Database } from "./database.ts";

/** Which forwards are sent again. `ids` and `seqs` (of their requests): only these; null: all of the state. */
export type ReplayPlan = {
  binId: string;
  destinationId: string;
  state: Exclude<Forward["state"], "pending">;
  ids: readonly string[] | null;
  seqs: readonly number[] | null;
};

const SLICE = 1_000;

/** Sending again what a destination has given up, or done. */
export function createReplays({ prisma }: Pick<Database, "prisma">) {
  /** How many. In slices, so that no statement holds many rows for long. */
  async function replay(plan: ReplayPlan): Promise<number> {
    if (plan.state === "failed") return hurry(plan);
    let replayed = 0;
    for (let after: string | null = NO_ID; after !== null; ) {
      const ids = await next(plan, after);
      replayed += await reopen(plan, ids);
      after = ids.length === SLICE ? (ids.at(-1) ?? null) : null;
    }
    return replayed;
  }

  /** The next forwards, by their ids, whose request is still there whole. */
  async function next(
    { binId, destinationId, state, ids, seqs }: ReplayPlan,
    after: string,
  ): Promise<string[]> {
    const rows = await prisma.$queryRaw<{ id: string }[]>`
      SELECT forwards.id FROM forwards
        JOIN requests ON requests.id = request_id JOIN bins ON bins.id = ${binId}
      WHERE destination_id = ${destinationId}::uuid AND forwards.state = ${state} AND forwards.id > ${after}::uuid
        AND requests.bin_id = ${binId} AND (
          seq > cleared_through
          OR EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned)
        )
        AND NOT body_truncated AND NOT body_incomplete
        AND (${ids === null} OR forwards.id = ANY (${ids ?? []}::uuid[]))
        AND (${seqs === null} OR seq = ANY (${seqs ?? []}::bigint[]))
      ORDER BY forwards.id LIMIT ${SLICE}::int`;
    return rows.map(({ id }) => id);
  }

  async function reopen(
    { destinationId, state }: ReplayPlan,
    ids: readonly string[],
  ): Promise<number> {
    if (ids.length === 0) return 0;
    const [reopened] = await prisma.$transaction([
      prisma.$executeRaw`
        WITH reopened AS (
          UPDATE forwards SET state = 'pending', dead_reason = NULL
          WHERE id = ANY (${ids}::uuid[]) AND state = ${state} RETURNING id, bin_id, request_id
        )
        INSERT INTO waiting_forwards (forward_id, destination_id, bin_id, request_id, seq, due_at, since)
        SELECT reopened.id, ${destinationId}::uuid, reopened.bin_id, request_id, seq, now(), now()
        FROM reopened JOIN requests ON requests.id = request_id
        ON CONFLICT (forward_id) DO NOTHING`,
      prisma.$executeRaw`
        UPDATE destination_states SET due_at = now() WHERE destination_id = ${destinationId}::uuid`,
    ]);
    return reopened;
  }

  /** What waits for its next attempt is due now; its attempts still count. */
  async function hurry({ destinationId, ids, seqs }: ReplayPlan): Promise<number> {
    const [hurried] = await prisma.$transaction([
      prisma.$executeRaw`
        UPDATE waiting_forwards SET due_at = now()
        WHERE destination_id = ${destinationId}::uuid AND tries > 0 AND due_at > now()
          AND (${ids === null} OR forward_id = ANY (${ids ?? []}::uuid[]))
          AND (${seqs === null} OR seq = ANY (${seqs ?? []}::bigint[]))`,
      prisma.$executeRaw`
        UPDATE destination_states SET due_at = now(), probe_at = CASE WHEN probe_at IS NOT NULL THEN now() END
        WHERE destination_id = ${destinationId}::uuid`,
    ]);
    return hurried;
  }

  return { replay };
}

const NO_ID = "00000000-0000-0000-0000-000000000000";
