import type { Log } from "../log.ts";
import type { Opened } from "../store/shares.ts";
import type { Store } from "../store/store.ts";

/** Who comes back within that is still looking at the same. */
const VISIT_MS = 30 * 60_000;
const VISITS_MAX = 10_000;
const WRITE_EVERY_MS = 5_000;

export type Opens = ReturnType<typeof createOpens>;

/** Counts how often shares are opened: a visit counts once, and what was counted is written together, now and then. */
export function createOpens({ store, log }: { store: Pick<Store, "shares">; log: Log }) {
  /** When a viewer was seen last. */
  const visits = new Map<string, number>();
  const counted = new Map<string, Opened>();
  let timer: NodeJS.Timeout | undefined;

  function note(shareId: string, viewer: string): void {
    const now = Date.now();
    const visit = `${shareId} ${viewer}`;
    const lastSeen = visits.get(visit) ?? 0;
    visits.delete(visit);
    visits.set(visit, now);
    const oldest = visits.keys().next().value;
    if (visits.size > VISITS_MAX && oldest !== undefined) visits.delete(oldest);
    if (now - lastSeen < VISIT_MS) return;
    const { times } = counted.get(shareId) ?? { times: 0 };
    counted.set(shareId, { id: shareId, times: times + 1, at: new Date(now) });
    timer ??= setTimeout(() => void write(), WRITE_EVERY_MS);
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const opened = [...counted.values()];
    counted.clear();
    if (opened.length === 0) return;
    await store.shares
      .countOpens(opened)
      .catch((error: unknown) => log.warn({ err: error }, "opened shares not counted"));
  }

  return { note, stop: write };
}
