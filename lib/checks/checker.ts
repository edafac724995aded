import { Worker } from "node:worker_threads";
import type { Answer, Asked, Checked, CheckedRequest, Opened } from "./messages.ts";

/** Loading the validator takes the first answer half a second, and more on a busy machine. */
const START_MS = 10_000;
const OPEN_MS = 3_000;
const CHECK_MS = 1_000;
/** MiB of the thread's own memory; over it the thread ends, and nothing else. */
const MEMORY = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
const WAITING_MAX = 1_000;
/** A document that took too long is left alone for so long. */
const REST_MS = 60_000;
/** Documents that one thread has opened; then a new one begins with none. */
const OPENED_MAX = 60;
const IDLE_MS = 60_000;

type Without<Message> = Message extends unknown ? Omit<Message, "id"> : never;
type Work = { asked: Without<Asked>; ms: number; settle: (outcome: Opened | Checked) => void };

const TOO_LONG =
  "It took too long, or too much memory. Simpler patterns and fewer references help.";

/**
 * Has documents opened and requests checked by them in a thread of its own, one after the other. What a hostile document
 * can reach is that thread: it is ended when it takes too long or too much, and the next check gets a new one.
 */
export function createChecker({ openMs = OPEN_MS, checkMs = CHECK_MS } = {}) {
  const waiting: Work[] = [];
  const known = new Set<string>();
  const resting = new Map<string, number>();
  let worker: Worker | null = null;
  let running: { work: Work; id: number; timer: NodeJS.Timeout } | null = null;
  let isReady = false;
  let opened = 0;
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;

  function open(text: string, entry: string | null): Promise<Opened> {
    return ask({ kind: "open", text, entry }, openMs) as Promise<Opened>;
  }

  /** `textOf` is asked for the document's text where the thread does not have it yet. */
  async function check(
    { key, entry }: { key: string; entry: string | null },
    textOf: () => Promise<string | null>,
    request: CheckedRequest,
  ): Promise<Checked> {
    if ((resting.get(key) ?? 0) > Date.now()) return { kind: "unchecked", detail: TOO_LONG };
    const text = known.has(key) ? null : await textOf();
    if (text === null && !known.has(key))
      return { kind: "unchecked", detail: "The document was removed meanwhile." };
    return ask({ kind: "check", key, text, entry, request }, checkMs) as Promise<Checked>;
  }

  function ask(asked: Without<Asked>, ms: number): Promise<Opened | Checked> {
    if (waiting.length >= WAITING_MAX) {
      return Promise.resolve({
        kind: "unchecked",
        detail: "Too many checks wait already. Try again.",
      });
    }
    return new Promise((settle) => {
      waiting.push({ asked, ms, settle });
      next();
    });
  }

  function next(): void {
    if (running) return;
    const work = waiting.shift();
    clearTimeout(idle);
    if (!work) {
      idle = setTimeout(stop, IDLE_MS).unref();
      return;
    }
    if (opened >= OPENED_MAX) stop();
    worker ??= start();
    lastId += 1;
    const timer = setTimeout(fail, isReady ? work.ms : work.ms + START_MS);
    running = { work, id: lastId, timer };
    const { asked } = work;
    if (asked.kind === "open" || asked.text !== null) opened += 1;
    worker.postMessage({ ...asked, id: lastId });
  }

  function start(): Worker {
    const begun = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: MEMORY });
    begun.unref();
    begun.on("message", ({ id, outcome }: Answer) => {
      if (begun !== worker || running?.id !== id) return;
      isReady = true;
      const { work, timer } = running;
      clearTimeout(timer);
      running = null;
      if (work.asked.kind === "check") known.add(work.asked.key);
      work.settle(outcome);
      next();
    });
    begun.on("error", () => begun === worker && fail());
    begun.on("exit", () => begun === worker && fail());
    return begun;
  }

  /** Of what runs nothing comes any more. */
  function fail(): void {
    const failed = running;
    stop();
    if (!failed) return;
    clearTimeout(failed.timer);
    running = null;
    const { asked, settle } = failed.work;
    if (asked.kind === "check") resting.set(asked.key, Date.now() + REST_MS);
    settle(
      asked.kind === "check"
        ? { kind: "unchecked", detail: TOO_LONG }
        : { kind: "unusable", detail: TOO_LONG, line: null },
    );
    next();
  }

  /** Ends the thread; what waits gets a new one. */
  function stop(): void {
    const ended = worker;
    worker = null;
    isReady = false;
    opened = 0;
    known.clear();
    for (const [key, until] of resting) if (until < Date.now()) resting.delete(key);
    void ended?.terminate();
  }

  return { open, check, stop };
}

export type Checker = ReturnType<typeof createChecker>;
