import pg from "pg";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Delivery } from "./load.ts";
import type { StruckSink } from "./struck-sink.ts";

export type DestinationComparison = {
  arrived: number;
  /** How many came more than once, and in how many attempts all came. */
  doubles: number;
  seen: number;
  attempts: number;
  /** Attempts that say that they may have been made. */
  interrupted: number;
  faults: Record<DestinationFault, string[]>;
};

const faultNames = [
  /** It matches, and the sink never took it. */
  "missing",
  /** The sink got what does not match, or is not stored. */
  "unknown",
  /** It came with other bytes than were sent. */
  "changed",
  /** It came under two forward ids. */
  "strangers",
  /** It came before one with a lower seq had been taken. */
  "outOfOrder",
  /** It came more often than there are attempts on record, or less often than they say that it was answered. */
  "miscounted",
  /** Its forward is not on record as delivered. */
  "undelivered",
] as const;
type DestinationFault = (typeof faultNames)[number];

type Recorded = { id: string; target: string; state: string; attempts: number; answered: number };

export type Compared = {
  sink: StruckSink;
  destinationId: string;
  isOrdered: boolean;
  matches: (id: string) => boolean;
};

/** Holds what a destination's sink got against what the bin has, and against what is on record of its attempts. */
export async function compareDestination(
  { sink, destinationId, isOrdered, matches }: Compared,
  stored: readonly RequestSummary[],
  sent: ReadonlyMap<string, Delivery>,
  databaseUrl: string,
): Promise<DestinationComparison> {
  const wanted = stored
    .filter(({ bodyIncomplete }) => !bodyIncomplete)
    .map(({ target }) => target.slice(1))
    .filter(matches);
  const { recorded, interrupted } = await readRecorded(databaseUrl, destinationId);
  const seenOf = Map.groupBy(sink.seen, ({ id }) => id);
  const known = new Set(wanted);
  const whole = sink.seen.filter(({ sha256 }) => sha256 !== null);
  return {
    arrived: sink.taken.size,
    doubles: [...seenOf.values()].filter(({ length }) => length > 1).length,
    seen: sink.seen.length,
    attempts: recorded.reduce((sum, { attempts }) => sum + attempts, 0),
    interrupted,
    faults: {
      missing: wanted.filter((id) => !sink.taken.has(id)),
      unknown: [...seenOf.keys()].filter((id) => !known.has(id)),
      changed: whole
        .filter(({ id, sha256 }) => sha256 !== sent.get(id)?.sha256)
        .map(({ id }) => id),
      strangers: [...seenOf]
        .filter(([, all]) => new Set(all.map(({ forwardId }) => forwardId)).size > 1)
        .map(([id]) => id),
      outOfOrder: isOrdered ? overtaking([...seenOf.keys()], wanted) : [],
      miscounted: recorded
        .filter(({ target, attempts, answered }) => {
          const count = seenOf.get(target)?.length ?? 0;
          return count > attempts || count < answered;
        })
        .map(({ target, attempts, answered }) => {
          const count = seenOf.get(target)?.length ?? 0;
          return `${target}: seen ${count}, attempts ${attempts}, answered ${answered}`;
        }),
      undelivered: recorded
        .filter(({ state }) => state !== "delivered")
        .map(({ target, state }) => `${target} ${state}`),
    },
  };
}

/** A map keeps the order in which its keys came first. */
function overtaking(ids: readonly string[], wanted: readonly string[]): string[] {
  const places = new Map(wanted.map((id, place) => [id, place]));
  let next = 0;
  return ids.filter((id) => {
    const isNext = places.get(id) === next;
    if (isNext) next += 1;
    return !isNext;
  });
}

async function readRecorded(databaseUrl: string, destinationId: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Recorded & { interrupted: number }>(
      `SELECT forwards.id, substr(target_of.target, 2) AS target, forwards.state,
         count(attempts.id)::int AS attempts, count(attempts.status)::int AS answered,
         count(*) FILTER (WHERE error_code = 'interrupted')::int AS interrupted
       FROM forwards JOIN requests AS target_of ON target_of.id = forwards.request_id
         LEFT JOIN attempts ON attempts.forward_id = forwards.id
       WHERE destination_id = $1 AND dead_reason IS DISTINCT FROM 'body_incomplete' GROUP BY 1, 2, 3`,
      [destinationId],
    );
    return { recorded: rows, interrupted: rows.reduce((sum, row) => sum + row.interrupted, 0) };
  } finally {
    await client.end();
  }
}
