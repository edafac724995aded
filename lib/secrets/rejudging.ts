import { setTimeout as sleep } from "node:timers/promises";
import type { Signature } from "../contract/requests.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import { isUrlCheck } from "../providers/handshake.ts";
import { signatureOf } from "../signatures/verdict.ts";
import type { Plan, StoredSubject } from "../store/rejudgings.ts";
import type { Store } from "../store/store.ts";
import type { Judge } from "./judge.ts";
import type { Vault } from "./vault.ts";

/** Plans of other processes, and those whose time has come, are found within this. */
const POLL_MS = 3_000;
/** Between two slices: most of the time belongs to others. */
const PAUSE_MS = 20;

type Parts = {
  store: Pick<Store, "rejudgings">;
  /** Runs `work` if no other process on the database does; false: another one does. */
  alone: (work: () => Promise<void>) => Promise<boolean>;
  vault: Pick<Vault, "ofBin">;
  judge: Judge;
  live: Pick<Live, "changed">;
  isUp: () => boolean;
  log: Log;
};

export type Rejudging = {
  /** There is a new plan. */
  wake: () => void;
  /** One stored request, at once: who sent it is known better now. */
  one: (binId: string, id: string) => Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/**
 * Judges stored requests again after a bin's secrets have changed: in slices, from the newest down, each with its
 * progress in the table, so that a restart goes on where the last one ended. Then once more what was captured in the
 * seconds in which other processes did not know of the change.
 */
export function createRejudging(parts: Parts): Rejudging {
  const { store, vault, judge, live, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running = Promise.resolve();
  let wake = () => {};

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      if (parts.isUp()) await parts.alone(workAll).catch(complain);
      await Promise.race([woken, rest(POLL_MS)]);
    }
  }

  const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  async function workAll(): Promise<void> {
    // A slice of each bin by turns: a large one holds up no other.
    for (let lastBinId = ""; !signal.aborted; ) {
      const plan = await store.rejudgings.next(lastBinId);
      if (!plan) return;
      lastBinId = plan.binId;
      await (plan.below > 0 ? workDown(plan) : workUp(plan));
      await rest(PAUSE_MS);
    }
  }

  /** What was stored when the secrets changed. */
  async function workDown(plan: Plan): Promise<void> {
    const stretch = { above: 0, below: plan.below, order: "desc" as const };
    const subjects = await store.rejudgings.slice(plan.binId, stretch);
    await judgeAgain(plan.binId, subjects);
    await store.rejudgings.advance(plan, { below: subjects.at(-1)?.seq ?? 0 });
  }

  /** What was stored since. */
  async function workUp(plan: Plan): Promise<void> {
    const stretch = { above: plan.head, below: Number.MAX_SAFE_INTEGER, order: "asc" as const };
    const subjects = (await store.rejudgings.slice(plan.binId, stretch)).filter(
      ({ request }) => request.receivedAtMs < plan.settledMs,
    );
    await judgeAgain(plan.binId, subjects);
    const last = subjects.at(-1);
    if (last) await store.rejudgings.advance(plan, { head: last.seq });
    else await store.rejudgings.finish(plan);
  }

  async function judgeAgain(binId: string, subjects: readonly StoredSubject[]): Promise<void> {
    const secrets = await vault.ofBin(binId);
    const changed: { id: string; seq: number; signature: Signature }[] = [];
    for (const { id, seq, request, providerId, isHandshake, signature } of subjects) {
      const isCheck = () => isHandshake || isUrlCheck(request, providerId, secrets);
      const anew = signatureOf(await judge(request, providerId, secrets), isCheck);
      if (!isSame(signature, anew)) changed.push({ id, seq, signature: anew });
    }
    if (changed.length === 0) return;
    await store.rejudgings.save(changed);
    live.changed(
      binId,
      changed.map(({ seq }) => seq),
    );
  }

  function complain(error: unknown): void {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    log.warn({ code }, "stored signatures are judged later");
  }

  return {
    wake: () => wake(),
    async one(binId, id) {
      await judgeAgain(binId, await store.rejudgings.one(binId, id));
    },
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

const isSame = (one: Signature, other: Signature): boolean =>
  one.status === other.status &&
  one.scheme === other.scheme &&
  one.reason === other.reason &&
  one.timestampAgeSeconds === other.timestampAgeSeconds;
