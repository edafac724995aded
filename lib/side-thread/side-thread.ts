import { Worker } from "node:worker_threads";
import { FairQueue } from "../fair-queue.ts";

/** Loading its code takes a thread's first answer half a second, and more on a busy machine. */
const START_MS = 10_000;
const IDLE_MS = 5 * 60_000;
const WAITING_MAX = 1_000;

/** `over`: it took too long or too much memory. `full`: too much waits already, and nothing was tried. */
export type Ran<Outcome> = { kind: "done"; outcome: Outcome } | { kind: "over" } | { kind: "full" };

/** What goes to the thread, and what comes back; see ./serve.ts. */
export type AskedMessage<Asked> = { id: number; asked: Asked };
export type AnswerMessage<Outcome> = { id: number; outcome: Outcome };

type Work<Asked, Outcome> = { asked: Asked; ms: number; settle: (ran: Ran<Outcome>) => void };

/** `entry` is the thread's program; over `oldSpaceMb` (MiB) of memory the thread ends, and nothing else. */
type ThreadOptions = { entry: URL; oldSpaceMb: number };

/**
 * Does work whose cost is in a stranger's hands in a thread of its own, one after the other. All that such work can reach
 * is that thread: it is ended when it takes too long or too much, and what waits gets a new one.
 */
export function createSideThread<Asked, Outcome>({ entry, oldSpaceMb }: ThreadOptions) {
  const resourceLimits = {
    maxOldGenerationSizeMb: oldSpaceMb,
    maxYoungGenerationSizeMb: 16,
    stackSizeMb: 4,
  };
  const waiting = new FairQueue<Work<Asked, Outcome>>();
  let worker: Worker | null = null;
  let running: { work: Work<Asked, Outcome>; id: number; timer: NodeJS.Timeout } | null = null;
  let isReady = false;
  let isWorn = false;
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;

  /** @param owner whose work it is: the owners have their turns @param ms how long it may run */
  function run(owner: string, asked: Asked, ms: number): Promise<Ran<Outcome>> {
    if (waiting.size >= WAITING_MAX) return Promise.resolve({ kind: "full" });
    return new Promise((settle) => {
      waiting.push(owner, { asked, ms, settle });
      next();
    });
  }

  function next(): void {
    if (running) return;
    clearTimeout(idle);
    const [work] = waiting.take(1, Number.POSITIVE_INFINITY, () => 0);
    if (!work) {
      idle = setTimeout(stop, IDLE_MS).unref();
      return;
    }
    if (isWorn) stop();
    worker ??= start();
    lastId += 1;
    const timer = setTimeout(giveUp, isReady ? work.ms : work.ms + START_MS);
    running = { work, id: lastId, timer };
    worker.postMessage({ id: lastId, asked: work.asked } satisfies AskedMessage<Asked>);
  }

  function start(): Worker {
    const begun = new Worker(entry, { resourceLimits });
    begun.unref();
    begun.on("message", ({ id, outcome }: AnswerMessage<Outcome>) => {
      if (begun !== worker || running?.id !== id) return;
      isReady = true;
      settle({ kind: "done", outcome });
    });
    begun.on("error", () => begun === worker && giveUp());
    begun.on("exit", () => begun === worker && giveUp());
    return begun;
  }

  /** Of what runs nothing comes any more. */
  function giveUp(): void {
    stop();
    settle({ kind: "over" });
  }

  function settle(ran: Ran<Outcome>): void {
    if (!running) return;
    const { work, timer } = running;
    clearTimeout(timer);
    running = null;
    work.settle(ran);
    next();
  }

  /** Ends the thread; what waits gets a new one. */
  function stop(): void {
    const ended = worker;
    worker = null;
    isReady = false;
    isWorn = false;
    void ended?.terminate();
  }

  return {
    run,
    stop,
    /** What comes next gets a new thread, which remembers nothing. */
    renew(): void {
      isWorn = true;
    },
  };
}
