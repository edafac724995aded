import { validate as isUuid } from "uuid";
import { Prisma } from "#prisma/generated/client.ts";
import type { Destination, DestinationSettings } from "../contract/destinations.ts";
import type { Database } from "./database.ts";
import {
  headerColumns,
  type KeptHeaders,
  keyRow,
  type SealedHeaders,
  toKeptHeaders,
  withoutValues,
} from "./kept-headers.ts";
import { type ListedRow, toDestination } from "./to-destination.ts";
import { isGone } from "./to-bin.ts";

export type NewDestination = DestinationSettings & {
  id: string;
  binId: string;
  /** The values of `headers.add`; null where it adds none. */
  added: SealedHeaders | null;
};

/** What a change comes to. `added` undefined: the headers that it adds stay as they are. */
export type Changed = { settings: DestinationSettings; added: SealedHeaders | null | undefined };

/** The first seq that it is given; "now": what comes from now on. */
export type From = number | "now";

export type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/** Destinations as their owner sees and changes them; see store/turns.ts for the work at them. */
export function createDestinations({ prisma }: Pick<Database, "prisma">) {
  async function add(
    { id, binId, ...settings }: NewDestination,
    from: From,
    most: number,
  ): Promise<"added" | "gone" | "full"> {
    return prisma.$transaction(async (tx) => {
      const lastSeq = await lockBin(tx, binId);
      if (lastSeq === null) return "gone";
      if ((await tx.destination.count({ where: { binId, through: null } })) >= most) return "full";
      const cursor = await cursorOf(tx, binId, from, lastSeq);
      await keepKey(tx, settings.added);
      await tx.destination.create({ data: { id, binId, cursor, ...columns(settings) } });
      await tx.destinationState.create({ data: { destinationId: id } });
      return "added";
    });
  }

  /** False when it is not there. A null `from` leaves its place as it is. */
  async function change(
    binId: string,
    id: string,
    from: From | null,
    merge: (settings: DestinationSettings, kept: KeptHeaders) => Changed,
  ): Promise<boolean> {
    if (!isUuid(id)) return false;
    return prisma.$transaction(async (tx) => {
      const lastSeq = await lockBin(tx, binId);
      const row = await tx.destination.findUnique({ where: { id, binId, through: null } });
      if (!row || lastSeq === null) return false;
      const { settings, added } = merge(toSettings(row), toKeptHeaders(row));
      await keepKey(tx, added ?? null);
      const place = from === null ? {} : { cursor: await cursorOf(tx, binId, from, lastSeq) };
      await tx.destination.update({
        where: { id },
        data: { ...columnsOf(settings, added), ...place },
      });
      // What waits may be due now: it is enabled again, goes elsewhere, or goes faster.
      await tx.$executeRaw`
        UPDATE destination_states SET due_at = now(), failures = 0, opened_at = NULL, probe_at = NULL
        WHERE destination_id = ${id}::uuid`;
      return true;
    });
  }

  /** Deletes it: what it had not delivered is dead. False when it is not there. */
  async function remove(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    return prisma.$transaction(async (tx) => {
      const { count } = await tx.destination.deleteMany({ where: { id, binId, through: null } });
      if (count === 0) return false;
      // Its state goes first: whoever works at it now writes nothing more.
      await tx.destinationState.deleteMany({ where: { destinationId: id } });
      await tx.$executeRaw`
        UPDATE forwards SET state = 'dead', dead_reason = 'destination_deleted'
        FROM waiting_forwards AS waiting
        WHERE waiting.destination_id = ${id}::uuid AND forwards.id = waiting.forward_id`;
      await tx.waitingForward.deleteMany({ where: { destinationId: id } });
      return true;
    });
  }

  /** Those of these bins, the oldest first; a bin without any is missing in the result. */
  async function list(
    binIds: readonly string[],
    id: string | null = null,
  ): Promise<Map<string, Destination[]>> {
    if (id !== null && !isUuid(id)) return new Map();
    const only = id === null ? Prisma.sql`TRUE` : Prisma.sql`destination.id = ${id}::uuid`;
    const rows = await prisma.$queryRaw<ListedRow[]>`
      SELECT destination.*, state.failures, state.opened_at, state.probe_at,
        GREATEST(last_seq - GREATEST(cursor, cleared_through), 0) AS behind,
        GREATEST(cleared_through - cursor, 0) AS removed,
        waiting.pending, waiting.failed,
        (SELECT count(*) FROM forwards
          WHERE destination_id = destination.id AND forwards.state = 'dead') AS dead,
        head.forward_id AS head_id, head.request_id AS head_request_id, head.seq AS head_seq,
        head.tries AS head_tries, head.due_at AS head_due_at
      FROM destinations AS destination
        JOIN destination_states AS state ON state.destination_id = destination.id
        JOIN bins ON bins.id = destination.bin_id
        JOIN bin_heads ON bin_heads.bin_id = destination.bin_id
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE tries = 0) AS pending, count(*) FILTER (WHERE tries > 0) AS failed
          FROM waiting_forwards WHERE destination_id = destination.id
        ) AS waiting
        LEFT JOIN LATERAL (
          SELECT forward_id, request_id, seq, tries, due_at FROM waiting_forwards
          WHERE destination_id = destination.id ORDER BY seq LIMIT 1
        ) AS head ON destination.ordered AND head.tries > 0 AND head.due_at > now()
      WHERE destination.bin_id IN (${Prisma.join([...binIds])}) AND through IS NULL AND ${only}
      ORDER BY destination.id`;
    const byBin = Map.groupBy(rows, (row) => row.bin_id);
    return new Map(
      [...byBin].map(([binId, ofBin]) => [binId, ofBin.map((row) => toDestination(row))]),
    );
  }

  return { add, change, remove, list };
}

/** Never before the oldest request that is there: what was removed long ago has not been missed. */
async function cursorOf(
  tx: Transaction,
  binId: string,
  from: From,
  lastSeq: bigint,
): Promise<bigint> {
  if (from === "now") return lastSeq;
  const [oldest] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM requests JOIN bins ON bins.id = bin_id
    WHERE bin_id = ${binId} AND seq >= ${from}::bigint AND seq > cleared_through ORDER BY seq LIMIT 1`;
  if (oldest) return oldest.seq - 1n;
  return BigInt(from) > lastSeq ? BigInt(from) - 1n : lastSeq;
}

/** The bin's last seq, with its row locked: without that, two at once could go over a limit. Null when it is gone. */
export async function lockBin(tx: Transaction, binId: string): Promise<bigint | null> {
  await tx.$queryRaw`SELECT 1 FROM bins WHERE id = ${binId} FOR UPDATE`;
  const [bin, head] = [
    await tx.bin.findUnique({ where: { id: binId } }),
    await tx.binHead.findUnique({ where: { binId } }),
  ];
  return bin && head && !isGone(bin) ? head.lastSeq : null;
}

export const columns = ({
  added,
  ...settings
}: DestinationSettings & { added: SealedHeaders | null }) => ({
  ...columnsOf(settings, undefined),
  ...headerColumns(settings.headers.add, added),
});

function columnsOf(
  { headers, retry, breaker, ...plain }: DestinationSettings,
  added: Changed["added"],
) {
  const sealed = added === undefined ? {} : headerColumns(headers.add, added);
  return { ...plain, ...sealed, removeHeaders: headers.remove, retry, breaker };
}

/** What is sealed has its key among those that a later start asks for. */
export async function keepKey(tx: Transaction, added: SealedHeaders | null): Promise<void> {
  if (added) await tx.sealingKey.createMany(keyRow(added));
}

type Model = NonNullable<Awaited<ReturnType<Transaction["destination"]["findUnique"]>>>;

function toSettings(row: Model): DestinationSettings {
  const { url, q, enabled, append, resign, ordered, ratePerSecond } = row;
  return {
    url,
    q,
    enabled,
    append,
    resign,
    ordered,
    headers: {
      add: withoutValues(row.addHeaders as DestinationSettings["headers"]["add"]),
      remove: row.removeHeaders as string[],
    },
    retry: row.retry as DestinationSettings["retry"],
    breaker: row.breaker as DestinationSettings["breaker"],
    ratePerSecond,
  };
}
