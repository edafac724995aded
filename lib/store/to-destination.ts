import type { Destination, DestinationSettings } from "../contract/destinations.ts";

import { withoutValues } from "./kept-headers.ts";

/** A destination with how it stands, as SQL gives it. */
export type DestinationRow = {
  id: string;
  bin_id: string;
  url: string;
  q: string;
  enabled: boolean;
  append: boolean;
  resign: boolean;
  ordered: boolean;
  add_headers: DestinationSettings["headers"]["add"];
  headers_key_id: string | null;
  headers_sealed: Uint8Array | null;
  remove_headers: string[];
  retry: DestinationSettings["retry"];
  breaker: DestinationSettings["breaker"];
  rate_per_second: number | null;
  created_at: Date;
  cursor: bigint;
  missed: bigint;
  failures: number;
  opened_at: Date | null;
  probe_at: Date | null;
  behind: bigint;
  pending: bigint;
  failed: bigint;
  dead: bigint;
  head_id: string | null;
  head_request_id: string | null;
  head_seq: bigint | null;
  head_tries: number | null;
  head_due_at: Date | null;
};

/** The settings alone. */
export function settingsOf(
  row: Pick<
    DestinationRow,
    | "url"
    | "q"
    | "enabled"
    | "append"
    | "resign"
    | "ordered"
    | "add_headers"
    | "remove_headers"
    | "retry"
    | "breaker"
    | "rate_per_second"
  >,
): DestinationSettings {
  return {
    url: row.url,
    q: row.q,
    enabled: row.enabled,
    append: row.append,
    resign: row.resign,
    ordered: row.ordered,
    headers: { add: withoutValues(row.add_headers), remove: row.remove_headers },
    retry: row.retry,
    breaker: row.breaker,
    ratePerSecond: row.rate_per_second,
  };
}

/** `removed`: what is above its cursor and gone already, to be counted when it is dispatched. */
export type ListedRow = DestinationRow & { removed: bigint };

export function toDestination(row: ListedRow): Destination {
  return {
    id: row.id,
    ...settingsOf(row),
    createdAt: row.created_at.toISOString(),
    cursor: Number(row.cursor),
    behind: Number(row.behind),
    missed: Number(row.missed) + Number(row.removed),
    counts: { pending: Number(row.pending), failed: Number(row.failed), dead: Number(row.dead) },
    circuit: {
      state: circuitState(row, Date.now()),
      failures: row.failures,
      openedAt: row.opened_at?.toISOString() ?? null,
      probeAt: row.probe_at?.toISOString() ?? null,
    },
    blockedBy: blockedBy(row),
  };
}

function circuitState(
  { opened_at, probe_at }: DestinationRow,
  now: number,
): Destination["circuit"]["state"] {
  if (!opened_at) return "closed";
  return probe_at && probe_at.getTime() > now ? "open" : "half-open";
}

function blockedBy(row: DestinationRow): Destination["blockedBy"] {
  if (row.head_id === null || row.head_request_id === null || row.head_due_at === null) return null;
  return {
    forwardId: row.head_id,
    requestId: row.head_request_id,
    seq: Number(row.head_seq),
    tries: row.head_tries ?? 0,
    dueAt: row.head_due_at.toISOString(),
  };
}
