import { performance } from "node:perf_hooks";

const SAMPLE_MS = 200;
/** The share of the time in which this process had something to do. */
const BUSY = 0.7;
/** Commits of captures in a sample; with fewer nobody waits for the processor. */
const COMMITS_MIN = 5;

/** Whether captures leave hardly any time: then they go before what can be sent later, since their senders wait. */
export function watchBusy() {
  let before = performance.eventLoopUtilization();
  let commits = 0;
  let isBusy = false;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    isBusy = commits >= COMMITS_MIN && utilization > BUSY;
    before = now;
    commits = 0;
  }, SAMPLE_MS).unref();
  return {
    isBusy: () => isBusy,
    captured: () => void (commits += 1),
    stop: () => clearInterval(timer),
  };
}
