import type { ExperimentLine, PlannedSend } from "../contract/experiments.ts";

/** What came of a send, as it is told. Sending never throws: that it could not be sent is told too. */
export type Sent = Extract<ExperimentLine, { send: number }>;

type Running = {
  plan: PlannedSend[];
  send: (planned: PlannedSend, index: number) => Promise<Sent>;
  /** Resolves when the time is over, or when it is to end. */
  wait: (ms: number) => Promise<void>;
  verdict: (sent: readonly Sent[]) => Promise<ExperimentLine>;
  signal: AbortSignal;
};

/** Takes one step after the other, and tells what comes as it comes. Ended early, it tells no verdict. */
export async function* runPlan({
  plan,
  send,
  wait,
  verdict,
  signal,
}: Running): AsyncGenerator<ExperimentLine> {
  yield { plan };
  const all: Sent[] = [];
  const steps = [...new Set(plan.map(({ step }) => step))];
  for (const step of steps) {
    const own = [...plan.entries()].filter(([, planned]) => planned.step === step);
    const waitMs = Math.max(...own.map(([, planned]) => planned.waitMs));
    if (waitMs > 0 && !signal.aborted) await wait(waitMs);
    if (signal.aborted) return;
    const underWay = new Map(own.map(([index, planned]) => [index, send(planned, index)]));
    while (underWay.size > 0) {
      const sent = await Promise.race(underWay.values());
      underWay.delete(sent.send);
      all.push(sent);
      yield sent;
    }
  }
  yield await verdict(all.toSorted((a, b) => a.send - b.send));
}
