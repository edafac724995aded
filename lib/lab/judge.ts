import type { ExperimentKind } from "../contract/experiment-limits.ts";
import type { Verdict } from "../contract/experiments.ts";
import { judgeOrder } from "./judge-order.ts";
import { judgeRepeats } from "./judge-repeats.ts";
import { judgeTampered, type Signing } from "./judge-tampered.ts";
import type { Outcome } from "./outcome.ts";

/** What the answers say about the handler, in words. They can't show what it did without telling: then it is unsure. */
export function judge(
  kind: ExperimentKind,
  outcomes: readonly Outcome[],
  signing: Signing,
): Verdict {
  // Also of one that broke off: a handler that ended in the middle of its answer has not answered.
  const failed = outcomes.filter(({ status, problem }) => status === null || problem !== null);
  if (failed.length > 0) return noAnswer(outcomes, failed);
  if (kind === "swapped") return judgeOrder(outcomes);
  if (kind === "tampered") return judgeTampered(outcomes, signing);
  return judgeRepeats(outcomes, kind === "burst");
}

function noAnswer(all: readonly Outcome[], failed: readonly Outcome[]): Verdict {
  const problem = failed[0]?.problem ?? "";
  const what = failed.some(({ status }) => status !== null) ? "no whole answer" : "no answer";
  return {
    result: "unsure",
    title: `${failed.length} of ${all.length} got ${what}`,
    why: `${problem} Without all answers nothing can be said. Look whether the handler runs and ends in time, then try again.`.trim(),
    compare: null,
  };
}
