import {
  DELAY_MS_DEFAULT,
  type ExperimentKind,
  TIMES_DEFAULT,
} from "../contract/experiment-limits.ts";
import type { PlannedSend } from "../contract/experiments.ts";

type Event = { id: string; seq: number };

export type Planning = {
  kind: ExperimentKind;
  event: Event;
  /** The one that changes places with it; of a swap only. */
  other: Event | null;
  times?: number | undefined;
  delayMs?: number | undefined;
};

/** What an experiment sends, in the order of its steps. */
export function planExperiment(planning: Planning): PlannedSend[] {
  const { kind, event, times = TIMES_DEFAULT, delayMs = DELAY_MS_DEFAULT } = planning;
  const send = (role: string, step: number, more: Partial<PlannedSend> = {}): PlannedSend => ({
    requestId: event.id,
    seq: event.seq,
    role,
    step,
    waitMs: 0,
    isTampered: false,
    ...more,
  });
  switch (kind) {
    case "burst":
      return Array.from({ length: times }, (_, at) => send(`at once, ${at + 1} of ${times}`, 0));
    case "twice":
      return [send("first", 0), send("again", 1)];
    case "late":
      return [send("first", 0), send(`again, ${delayMs / 1000} s later`, 1, { waitMs: delayMs })];
    case "swapped":
      return planSwap(planning);
    case "tampered":
      return [send("as it came", 0), send("one byte changed", 1, { isTampered: true })];
  }
}

/** The later one first, then both in their order: what is refused only in the first half depends on the order. */
function planSwap({ event, other }: Planning): PlannedSend[] {
  const [earlier, later] = [event, other ?? event].toSorted((a, b) => a.seq - b.seq);
  const halves: [Event | undefined, string][] = [
    [later, "swapped, the later first"],
    [earlier, "swapped, the earlier second"],
    [earlier, "in order, the earlier first"],
    [later, "in order, the later second"],
  ];
  return halves.map(([{ id, seq } = event, role], step) => ({
    requestId: id,
    seq,
    role,
    step,
    waitMs: 0,
    isTampered: false,
  }));
}
