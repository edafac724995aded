import type { ExperimentKind } from "#lib/contract/experiment-limits.ts";
import type { Verdict } from "#lib/contract/experiments.ts";

export const kindWords: Record<ExperimentKind, { name: string; what: string }> = {
  twice: {
    name: "Twice",
    what: "Sends it, and again once it was answered, as providers do that missed the first answer. A good handler does its work once.",
  },
  burst: {
    name: "At once",
    what: "Sends it several times in the same moment. Finds handlers that look whether they know an event, and lose the race.",
  },
  late: {
    name: "Late again",
    what: "Sends it, waits, and sends it again. Finds handlers that forget too soon which events they have had.",
  },
  swapped: {
    name: "Swapped",
    what: "Sends the later of two events first, then both in their order. Finds handlers that depend on the order, which no provider promises.",
  },
  tampered: {
    name: "One byte changed",
    what: "Sends it, and once more with one byte of the body changed under the same signature. A handler that verifies refuses that.",
  },
};

export const resultWords: Record<
  Verdict["result"],
  { mark: string; word: string; tone: "good" | "bad" | "warn" }
> = {
  passed: { mark: "✓", word: "No sign of a fault", tone: "good" },
  found: { mark: "✕", word: "Found", tone: "bad" },
  unsure: { mark: "?", word: "Not sure", tone: "warn" },
};
