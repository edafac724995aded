import type pg from "pg";
import type { Forward } from "../contract/forwards.ts";
import { bytea, int2, int4, int8, json, text, uuid } from "./binary-array.ts";
import { type Column, column, columnSql } from "./columns.ts";
import type { NewAttempt } from "./forwards.ts";
import type { ListenerHold } from "./listeners.ts";

/** What came of handing one request to a listener, or of several that were passed over. */
export type StreamOutcome = {
  binId: string;
  hold: ListenerHold;
  /** The cursor moves here; null when the request will be handed over again. */
  cursor: number | null;
  /** Null when nothing was tried. */
  tried: {
    forward: StreamForward;
    attempt: NewAttempt;
    /** A sender may be waiting for it, perhaps at another process. */
    isWaitedFor: boolean;
  } | null;
};

type StreamForward = Pick<Forward, "id" | "requestId" | "state"> & {
  binId: string;
  listener: string;
};

type Tried = NonNullable<StreamOutcome["tried"]>;
type Move = ListenerHold & { cursor: number };

const moveColumns: Column<Move>[] = [
  column("id", uuid, (move) => move.id),
  column("connection", uuid, (move) => move.connection),
  column("cursor", int8, (move) => move.cursor),
];
const forwardColumns: Column<StreamForward>[] = [
  column("id", uuid, (forward) => forward.id),
  column("bin_id", text, (forward) => forward.binId),
  column("request_id", uuid, (forward) => forward.requestId),
  column("listener", text, (forward) => forward.listener),
  column("state", text, (forward) => forward.state),
];
const attemptColumns: Column<Tried>[] = [
  column("id", uuid, ({ attempt }) => attempt.id),
  column("forward_id", uuid, ({ forward }) => forward.id),
  column("status", int2, ({ attempt }) => attempt.status),
  column("headers", json, ({ attempt }) => JSON.stringify(attempt.headers)),
  column("body_size", int4, ({ attempt }) => attempt.bodySize),
  column("body", bytea, ({ attempt }) => attempt.body),
  column("body_sha256_sent", bytea, ({ attempt }) => attempt.bodySha256Sent),
  column("url", text, ({ attempt }) => attempt.url),
  column("changes", json, ({ attempt }) => attempt.changes && JSON.stringify(attempt.changes)),
  column("timing", json, ({ attempt }) => JSON.stringify(attempt.timing)),
  column("error_code", text, ({ attempt }) => attempt.error?.code ?? null),
  column("error_message", text, ({ attempt }) => attempt.error?.message ?? null),
  // Last: it travels as text and is cast.
  column("started_at", text, ({ attempt }) => attempt.startedAt.toISOString()),
];

const moves = columnSql(moveColumns, 1);
const forwards = columnSql(forwardColumns, 1 + moveColumns.length);
const attempts = columnSql(attemptColumns, 1 + moveColumns.length + forwardColumns.length);
const attemptNames = attemptColumns.slice(0, -1).map((each) => each.name);

/**
 * One statement, one transaction. A forward that is there takes the newer state; an attempt that is there was stored by a
 * try whose connection was lost. A cursor moves only for the connection that has the listener.
 */
const sql = `
WITH moved AS (
  UPDATE listeners SET cursor = GREATEST(listeners.cursor, move.cursor)
  FROM unnest(${moves.arrays}) AS move (${moves.names})
  WHERE listeners.id = move.id AND listeners.connection = move.connection RETURNING listeners.id
), forwarded AS (
  INSERT INTO forwards (${forwards.names}, target, append, resigned, edited)
  SELECT ${forwards.names}, 'listener', true, false, false
  FROM unnest(${forwards.arrays}) AS forward (${forwards.names})
  ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state
), attempted AS (
  INSERT INTO attempts (${attemptNames.join(", ")}, started_at)
  SELECT ${attemptNames.join(", ")}, started_at::timestamptz
  FROM unnest(${attempts.arrays}) AS attempt (${attempts.names})
  ON CONFLICT (id) DO NOTHING
)
SELECT id FROM moved`;

/** Stores outcomes in the order given; the ids of the listeners whose cursor could be moved. */
export async function saveOutcomes(
  client: pg.ClientBase,
  outcomes: readonly StreamOutcome[],
): Promise<Set<string>> {
  const tried = outcomes.flatMap((outcome) => outcome.tried ?? []);
  const { rows } = await client.query<{ id: string }>({
    name: "save-outcomes",
    text: sql,
    values: [
      ...moveColumns.map((each) => each.encode(furthest(outcomes))),
      ...forwardColumns.map((each) => each.encode(newestStates(tried))),
      ...attemptColumns.map((each) => each.encode(tried)),
    ],
  });
  return new Set(rows.map((row) => row.id));
}

/** One statement changes a row once only: the last cursor of each connection. */
function furthest(outcomes: readonly StreamOutcome[]): Move[] {
  const byConnection = new Map<string, Move>();
  for (const { hold, cursor } of outcomes) {
    if (cursor !== null) byConnection.set(hold.connection, { ...hold, cursor });
  }
  return [...byConnection.values()];
}

function newestStates(tried: readonly Tried[]): StreamForward[] {
  return [...new Map(tried.map(({ forward }) => [forward.id, forward])).values()];
}
