import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import { listenerResponse } from "../contract/answer-headers.ts";
import type { Draft } from "../contract/draft.ts";
import type { AnsweredEvent } from "../contract/events.ts";
import type { ClientInfo } from "../http/client-info.ts";
import type { Log } from "../log.ts";
import type { Judge } from "../secrets/judge.ts";
import { parseCaptureAddress } from "./address.ts";
import type { ListenerAnswers } from "./listener-answer.ts";
import { AnswerLog, type AnswerRecord } from "./answer-log.ts";
import { BinCache, type BinState } from "./bin-cache.ts";
import { BufferRoom } from "./buffer-room.ts";
import { Delays } from "./delays.ts";
import { Capture, type CaptureTools, type HeadArrival } from "./handler.ts";
import { createImports } from "./imports.ts";
import { Judging } from "./judging.ts";
import type { BodyReader } from "./read-body.ts";
import { type CaptureStore, STORE_WITHIN_MS, type StoredRun, Writer } from "./writer.ts";

/** What capture needs of the store. */
export type Store = CaptureStore & {
  findBin(binId: string): Promise<BinState>;
  saveAnswers(records: readonly AnswerRecord[]): Promise<void>;
};

/** The last answers leave before it is recorded that they were sent, and before their connections are closed. */
const LEAVE_MS = 50;
const FAST_SWEEP_MS = 100;
const SLOW_SWEEP_MS = 1_000;

/**
 * The capture room: raw requests in, answers out, stored in between. It knows nothing of Next, React or forwards;
 * what it stored it tells to `onStored`, what became of the answers to `onAnswered`.
 */
export function createCapture(parts: {
  config: Pick<Config, "capture">;
  store: Store;
  client: ClientInfo;
  listeners: ListenerAnswers;
  judge: Judge;
  log: Log;
  onStored: (run: StoredRun) => void;
  /** After a provider's check of the URL is stored, one that was captured; not for what a file brings. */
  onHandshake: (draft: Draft, seq: number) => void;
  onAnswered: (binId: string, items: AnsweredEvent[]) => void;
}) {
  const { config, store, log } = parts;
  const readers = new Set<BodyReader>();
  let stopping = false;
  const tools: CaptureTools = {
    bodyBytesMax: config.capture.bodyBytesMax,
    bins: new BinCache((binId) => inTime(store.findBin(binId))),
    room: new BufferRoom(config.capture.bufferBytes),
    writer: new Writer({ store, log, onStored: parts.onStored }),
    answers: new AnswerLog({
      save: (records) => store.saveAnswers(records),
      onSaved: (records) => tellByBin(records, parts.onAnswered),
      log,
    }),
    delays: new Delays(),
    judging: new Judging(parts.judge),
    onHandshake: parts.onHandshake,
    client: parts.client,
    listeners: parts.listeners,
    overRate: rateCheck(config.capture.ratePerSecond),
    isStopping: () => stopping,
    readers,
  };
  const fast = setInterval(() => tools.writer.sweep(), FAST_SWEEP_MS);
  const slow = setInterval(() => {
    const now = performance.now();
    for (const reader of readers) reader.checkPace(now);
    tools.room.sweep(now);
  }, SLOW_SWEEP_MS);

  return {
    /** Takes a request whose target is a capture URL. */
    handle(request: IncomingMessage, response: ServerResponse, arrival: HeadArrival): void {
      const address = parseCaptureAddress(request.url ?? "");
      if (address) new Capture(tools, request, response, address, arrival).begin();
    },

    /** A bin's answer, expiry or life has changed. */
    forgetBin: (binId: string): void => tools.bins.forget(binId),

    /** Takes requests that were read from a file. */
    imports: createImports(tools),

    usedBytes: () => tools.room.usedBytes,

    /**
     * From now on answers carry Connection: close. Bodies under way may go on for `finishMs`; resolves when all that was
     * taken is settled and recorded.
     */
    async drain(finishMs: number): Promise<void> {
      stopping = true;
      tools.delays.stop();
      const until = performance.now() + finishMs;
      while (readers.size > 0 && performance.now() < until) await sleep(50);
      // Turned away first: room that an abandoned body gives back must not let the next one in.
      tools.room.sweep(Number.POSITIVE_INFINITY);
      for (const reader of readers) reader.abandon();
      await tools.judging.settled();
      await tools.writer.flush();
      await sleep(LEAVE_MS);
      await tools.answers.flush();
      clearInterval(fast);
      clearInterval(slow);
    },
  };
}

export type CaptureRoom = ReturnType<typeof createCapture>;

/** A sender waits no longer for the look-up of its bin than for a commit. */
async function inTime<Result>(promise: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), STORE_WITHIN_MS);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

function tellByBin(
  records: readonly AnswerRecord[],
  tell: (binId: string, items: AnsweredEvent[]) => void,
): void {
  const byBin = Map.groupBy(records, (record) => record.binId);
  for (const [binId, ofBin] of byBin) {
    tell(binId, ofBin.map(toEvent));
  }
}

function toEvent({ id, seq, answered, storedMs, response }: AnswerRecord): AnsweredEvent {
  const event = { id, seq, answered, storedMs };
  return response ? { ...event, response: listenerResponse(response, id) } : event;
}

/** A fixed second's window per bin; 0 switches it off. */
function rateCheck(perSecond: number): (binId: string) => number {
  if (perSecond === 0) return () => 0;
  const counts = new Map<string, number>();
  let second = 0;
  return (binId) => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) {
      second = now;
      counts.clear();
    }
    const count = (counts.get(binId) ?? 0) + 1;
    counts.set(binId, count);
    return count > perSecond ? 1 : 0;
  };
}
