import type { AttemptTiming } from "../contract/forwards.ts";

type Phase = "dns" | "connect" | "tls" | "firstByte";
export type Step = Phase | "body";

/** Times the steps of one try, each from the end of the one before. Milliseconds with fractions. */
export function startClock() {
  const startedAt = performance.now();
  let stepFrom = startedAt;
  let step: Step = "dns";
  const timing: Omit<AttemptTiming, "totalMs"> = {
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    firstByteMs: null,
  };
  return {
    /** What is being waited for. */
    step: () => step,
    begin(next: Step): void {
      step = next;
      stepFrom = performance.now();
    },
    end(phase: Phase): void {
      timing[`${phase}Ms`] = milliseconds(stepFrom);
    },
    read: (): AttemptTiming => ({ ...timing, totalMs: milliseconds(startedAt) }),
  };
}

export type Clock = ReturnType<typeof startClock>;

const milliseconds = (since: number) => Math.round((performance.now() - since) * 1000) / 1000;
