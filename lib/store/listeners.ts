import { v7 as uuidv7 } from "uuid";
import { Prisma } from "#prisma/generated/client.ts";
import type { Listener } from "../contract/listeners.ts";
import type { RelayAuth } from "../contract/relay-schemas.ts";
import { encodeArray, int4, uuid } from "./binary-array.ts";
import type { Database } from "./database.ts";

/** A listener's row, as the connection that has it sees it: only who has it moves its cursor. */
export type ListenerHold = { id: string; connection: string };

export type ListenerConnect = {
  binId: string;
  name: string;
  connection: string;
  keyId: string;
  targets: string[];
  version: string;
  start: NonNullable<RelayAuth["start"]>;
  instance: string | null;
  /** Another process of the name was connected here until now. One that is connected elsewhere is found by its row. */
  tookOver: boolean;
};

/** Where a listener stands after it connected; the counts are of requests that are there. */
export type ListenerPlace = {
  id: string;
  cursor: number;
  lastSeq: number;
  missed: number;
  passedOver: number;
};

/** A sign of life, so many milliseconds ago. */
export type Heartbeat = ListenerHold & { ageMs: number };

/** Requests above a cursor are counted one by one up to here; further on gaps count as if nothing had been removed. */
const COUNTED_MAX = 1_000;

/** Of a row of `listeners`. Silent for longer, one counts as gone: its process may have died without a word. */
export const CONNECTED = "connection IS NOT NULL AND heard_at > now() - interval '15 seconds'";
const isConnected = Prisma.raw(CONNECTED);

/** Listeners and their places in their bins' order. Times are the database's: processes' clocks differ. */
export function createListeners({ prisma, pool }: Pick<Database, "prisma" | "pool">) {
  /**
   * Takes the listener over, or makes it at the bin's last seq. Null when the bin is gone. By hand, as one statement: after
   * a restart all listeners connect at the same time. The old row is locked before it is read, so that no cursor that an
   * older connection moves meanwhile is lost.
   */
  async function connect(input: ListenerConnect): Promise<ListenerPlace | null> {
    const { binId, name, connection, keyId, targets, version, start, instance, tookOver } = input;
    const [row] = await prisma.$queryRaw<PlaceRow[]>`
      WITH bin AS (
        SELECT last_seq, cleared_through FROM bin_heads JOIN bins ON bins.id = bin_id WHERE bin_id = ${binId}
      ), older AS (
        SELECT cursor, CASE
          WHEN instance = ${instance}::uuid THEN took_over_at
          WHEN ${tookOver}::boolean OR (${instance}::uuid IS NOT NULL AND ${isConnected}) THEN now()
        END AS took_over_at
        FROM listeners WHERE bin_id = ${binId} AND name = ${name} FOR UPDATE
      ), standing AS (
        SELECT last_seq, COALESCE(older.cursor, last_seq) AS cursor,
          GREATEST(COALESCE(older.cursor, last_seq), cleared_through) AS above
        FROM bin LEFT JOIN older ON true
      ), begun AS (
        SELECT last_seq, above, CASE ${start}
          WHEN 'now' THEN GREATEST(cursor, last_seq)
          WHEN 'latest' THEN GREATEST(cursor, COALESCE((
            SELECT max(seq) - 1 FROM requests
            WHERE bin_id = ${binId} AND seq > above AND seq <= last_seq
          ), last_seq))
          ELSE cursor END AS cursor
        FROM standing
      ), held AS (
        INSERT INTO listeners
          (id, bin_id, name, cursor, connection, key_id, targets, version, connected_at, heard_at,
            instance, took_over_at)
        SELECT ${uuidv7()}::uuid, ${binId}, ${name}, begun.cursor, ${connection}::uuid, ${keyId}::uuid,
          ${JSON.stringify(targets)}::json, ${version}, now(), now(), ${instance}::uuid, took_over_at
        FROM begun LEFT JOIN older ON true
        ON CONFLICT (bin_id, name) DO UPDATE SET cursor = EXCLUDED.cursor,
          connection = EXCLUDED.connection, key_id = EXCLUDED.key_id, targets = EXCLUDED.targets,
          version = EXCLUDED.version, connected_at = EXCLUDED.connected_at, heard_at = EXCLUDED.heard_at,
          instance = EXCLUDED.instance, took_over_at = EXCLUDED.took_over_at
        RETURNING id
      )
      SELECT held.id, cursor, last_seq,
        (SELECT count(*) FROM requests
          WHERE bin_id = ${binId} AND seq > GREATEST(cursor, above) AND seq <= last_seq) AS missed,
        (SELECT count(*) FROM requests
          WHERE bin_id = ${binId} AND seq > above AND seq <= cursor) AS passed_over
      FROM begun, held`;
    return row ? toPlace(row) : null;
  }

  /** Ends a hold, unless another connection has it by now. */
  async function release({ id, connection }: ListenerHold): Promise<void> {
    await prisma.listener.updateMany({ where: { id, connection }, data: { connection: null } });
  }

  /** Writes signs of life in one statement; the ids of those that still have their hold. */
  async function beat(beats: readonly Heartbeat[]): Promise<Set<string>> {
    const { rows } = await pool.query<{ id: string }>({
      name: "listeners-beat",
      text: `UPDATE listeners AS row
        SET heard_at = GREATEST(row.heard_at, now() - beat.age * interval '1 millisecond')
        FROM unnest($1::uuid[], $2::uuid[], $3::int4[]) AS beat (id, connection, age)
        WHERE row.id = beat.id AND row.connection = beat.connection RETURNING row.id`,
      values: [
        encodeArray(
          uuid,
          beats.map((each) => each.id),
        ),
        encodeArray(
          uuid,
          beats.map((each) => each.connection),
        ),
        encodeArray(
          int4,
          beats.map((each) => each.ageMs),
        ),
      ],
    });
    return new Set(rows.map((row) => row.id));
  }

  /** Which of these are still remembered. */
  async function known(ids: readonly string[]): Promise<Set<string>> {
    const rows = await prisma.listener.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true },
    });
    return new Set(rows.map((row) => row.id));
  }

  /** The listeners of these bins, by their names. A bin without any is missing in the result. */
  async function list(binIds: readonly string[]): Promise<Map<string, Listener[]>> {
    const rows = await prisma.$queryRaw<ListedRow[]>`
      SELECT bin_id, name, targets, version, connected_at, took_over_at, heard_at, cursor,
        ${isConnected} AS connected,
        GREATEST(last_seq - above, 0) AS distance,
        (SELECT count(*) FROM (
          SELECT 1 FROM requests WHERE requests.bin_id = listed.bin_id AND seq > above LIMIT ${COUNTED_MAX + 1}
        ) AS waiting) AS counted
      FROM (
        SELECT listeners.*, last_seq, GREATEST(cursor, cleared_through) AS above
        FROM listeners JOIN bins ON bins.id = bin_id JOIN bin_heads USING (bin_id)
        WHERE bin_id IN (${Prisma.join([...binIds])})
      ) AS listed ORDER BY name`;
    const byBin = Map.groupBy(rows, (row) => row.bin_id);
    return new Map([...byBin].map(([binId, ofBin]) => [binId, ofBin.map(toListener)]));
  }

  /** Forgets a listener with its place. False when there is none of this name. */
  async function remove(binId: string, name: string): Promise<boolean> {
    const { count: removed } = await prisma.listener.deleteMany({ where: { binId, name } });
    return removed > 0;
  }

  /** How many other listeners the bin remembers. */
  const othersOf = (binId: string, name: string): Promise<number> =>
    prisma.listener.count({ where: { binId, name: { not: name } } });

  /** How often each of these forwards was tried, as far as it is recorded; never: it is missing. */
  async function tries(forwardIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await prisma.attempt.groupBy({
      by: ["forwardId"],
      where: { forwardId: { in: [...forwardIds] } },
      _count: { _all: true },
    });
    return new Map(rows.map(({ forwardId, _count }) => [forwardId, _count._all]));
  }

  return { connect, release, beat, known, list, remove, othersOf, tries };
}

type PlaceRow = {
  id: string;
  cursor: bigint;
  last_seq: bigint;
  missed: bigint;
  passed_over: bigint;
};

const toPlace = ({ id, cursor, last_seq, missed, passed_over }: PlaceRow): ListenerPlace => ({
  id,
  cursor: Number(cursor),
  lastSeq: Number(last_seq),
  missed: Number(missed),
  passedOver: Number(passed_over),
});

type ListedRow = {
  bin_id: string;
  name: string;
  targets: string[];
  version: string;
  connected_at: Date;
  took_over_at: Date | null;
  heard_at: Date;
  cursor: bigint;
  connected: boolean;
  distance: bigint;
  counted: bigint;
};

function toListener(row: ListedRow): Listener {
  const counted = Number(row.counted);
  return {
    name: row.name,
    targets: row.targets,
    version: row.version,
    connected: row.connected,
    connectedAt: row.connected_at.toISOString(),
    tookOverAt: row.took_over_at?.toISOString() ?? null,
    heardAt: row.heard_at.toISOString(),
    cursor: Number(row.cursor),
    behind: counted > COUNTED_MAX ? Number(row.distance) : counted,
  };
}
