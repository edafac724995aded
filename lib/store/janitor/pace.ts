import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = { least: 10, most: 500 };

export type Pace = {
  /** Between two steps: as long as the step took, so that half of the time belongs to others. False: stop now. */
  pause(): Promise<boolean>;
  /** Returns early when the server stops. */
  sleep(ms: number): Promise<void>;
};

/** One janitor's work: called again and again, it does what there is and returns. */
export type Task = (pace: Pace) => Promise<void>;

export function createPace(stopping: AbortSignal): Pace {
  let resumedAt = performance.now();
  const rest = (ms: number) => sleep(ms, null, { signal: stopping }).catch(() => undefined);
  return {
    async pause() {
      const workedMs = performance.now() - resumedAt;
      await rest(Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, workedMs)));
      resumedAt = performance.now();
      return !stopping.aborted;
    },
    async sleep(ms) {
      await rest(ms);
      resumedAt = performance.now();
    },
  };
}
