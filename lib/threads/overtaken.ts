import type { RequestSummary } from "../contract/requests.ts";
import type { RequestThread } from "../contract/threads.ts";
import { findProvider } from "../providers/providers.ts";

/** What is looked at of an earlier request. */
export type Overtaking = Pick<RequestSummary, "id" | "seq" | "provider">;

/**
 * The request that came earlier though what it tells happened later, by its sender's own time or number; of several the
 * latest event. Null: in order, or nothing says. `near`: of the same provider and account, each with a lower seq.
 */
export function overtakenBy(
  { provider }: RequestSummary,
  near: readonly Overtaking[],
): RequestThread["overtakenBy"] {
  if (!provider) return null;
  return byTime(provider, near) ?? byNumber(provider, near);
}

type Known = NonNullable<RequestSummary["provider"]>;

function byTime({ occurredAt }: Known, near: readonly Overtaking[]) {
  if (occurredAt === null) return null;
  const at = Date.parse(occurredAt);
  const later = near.flatMap((each) => {
    const seconds = (Date.parse(each.provider?.occurredAt ?? "") - at) / 1000;
    return seconds > 0 ? [{ ...told(each), by: "time" as const, seconds }] : [];
  });
  return later.toSorted((a, b) => b.seconds - a.seconds)[0] ?? null;
}

function byNumber({ id, deliveryId }: Known, near: readonly Overtaking[]) {
  if (!findProvider(id)?.isSequential) return null;
  const number = numberOf(deliveryId);
  if (number === null) return null;
  const later = near.find(({ provider }) => (numberOf(provider?.deliveryId ?? null) ?? 0) > number);
  return later ? { ...told(later), by: "number" as const, seconds: null } : null;
}

const told = ({ id, seq, provider }: Overtaking) => ({ id, seq, event: provider?.event ?? null });

const numberOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
