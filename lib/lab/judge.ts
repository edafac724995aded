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
  const silent = outcomes.filter(({ status }) => status === null);
  if (silent.length > 0) return noAnswer(outcomes, silent);
  if (kind === "swapped") return judgeOrder(outcomes);
  if (kind === "tampered") return judgeTampered(outcomes, signing);
  return judgeRepeats(outcomes, kind === "burst");
}

function noAnswer(all: readonly Outcome[], silent: readonly Outcome[]): Verdict {
  const problem = silent[0]?.problem ?? "";
  return {
    result: "unsure",
    title: `${silent.length} of ${all.length} got no answer`,
    why: `${problem} Without all answers nothing can be said. Look whether the handler runs and ends in time, then try again.`.trim(),
    compare: null,
  };
}
