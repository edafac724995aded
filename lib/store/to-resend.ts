import { listenerOf } from "../contract/listener-target.ts";
import type { Resend, ResendFailure } from "../contract/resends.ts";
import { type DestinationRow, settingsOf } from "./to-destination.ts";

export type ResendRow = Omit<DestinationRow, "failed"> & {
  first: bigint;
  through: bigint;
  planned: number | null;
  marked_count: number;
  stopped_at: Date | null;
  delivered: bigint;
  is_over: boolean;
};

export function toResend(row: ResendRow, now = Date.now()): Resend {
  const { url, enabled: _, breaker: __, ...settings } = settingsOf(row);
  const probeAt = row.probe_at && row.probe_at.getTime() > now ? row.probe_at : null;
  return {
    id: row.id,
    to: listenerOf(url) === null ? url : "listener",
    name: listenerOf(url),
    ...settings,
    createdAt: row.created_at.toISOString(),
    range: { first: Number(row.first), last: Number(row.through) },
    marked: row.marked_count === 0 ? null : row.marked_count,
    planned: row.planned,
    state: row.stopped_at ? "stopped" : row.is_over ? "done" : "running",
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    counts: {
      pending: Number(row.pending),
      delivered: Number(row.delivered),
      dead: Number(row.dead),
    },
    pausedUntil: probeAt?.toISOString() ?? null,
  };
}

export type FailureRow = {
  status: number | null;
  code: string | null;
  count: bigint;
  seq: bigint;
  request_id: string;
  forward_id: string;
};

export const toFailure = (row: FailureRow): ResendFailure => ({
  reason: row.status ?? row.code ?? "unknown",
  count: Number(row.count),
  first: { requestId: row.request_id, seq: Number(row.seq), forwardId: row.forward_id },
});
