import type { Verdict } from "../contract/experiments.ts";
import { differences } from "./differences.ts";
import { pairOf, refusedAll } from "./judge-repeats.ts";
import { type Outcome, isTaken, statusWords } from "./outcome.ts";
import { saysKnown } from "./says-known.ts";

/** Two events in the wrong order, then in the right one. */
export function judgeOrder(outcomes: readonly Outcome[]): Verdict {
  const [later, earlier, earlierInOrder, laterInOrder] = outcomes;
  if (!later || !earlier || !earlierInOrder || !laterInOrder) return refusedAll(outcomes);
  if (!outcomes.some(isTaken)) return refusedAll(outcomes);
  const inOrder = [earlierInOrder, laterInOrder];
  if (!inOrder.every(isTaken)) {
    return {
      result: "unsure",
      title: `In their order it refused one with ${statusWords(inOrder.filter((one) => !isTaken(one)))}`,
      why: "So it is not the order alone that it minds: it may refuse events that it has had, or this one in any case. Try sending it twice first.",
      compare: pairOf(outcomes, earlier, earlierInOrder),
    };
  }
  for (const [swapped, proper] of [
    [later, laterInOrder],
    [earlier, earlierInOrder],
  ] as const) {
    if (isTaken(swapped)) continue;
    return {
      result: "found",
      title: "It depends on the order",
      why: `#${swapped.planned.seq} was answered ${swapped.status} when the two were swapped, and ${proper.status} in their order. Providers promise no order: keep what came too early, or read the present state from the provider's API.`,
      compare: pairOf(outcomes, swapped, proper),
    };
  }
  return sameStatus(outcomes, [
    [later, laterInOrder],
    [earlier, earlierInOrder],
  ]);
}

function sameStatus(all: readonly Outcome[], pairs: [Outcome, Outcome][]): Verdict {
  for (const [swapped, proper] of pairs) {
    // The second time it is a repeat, and may be told as one.
    if (saysKnown(proper)) continue;
    const [found] = differences(swapped, proper);
    if (!found) continue;
    return {
      result: "unsure",
      title: "It took both, with other answers than in their order",
      why: `Of #${swapped.planned.seq}, ${found.place} was ${found.before.slice(0, 60)} when they were swapped, and ${found.after.slice(0, 60)} in their order. That may be the order, or that it came a second time: send it twice to tell them apart.`,
      compare: pairOf(all, swapped, proper),
    };
  }
  return {
    result: "passed",
    title: "It took both in either order",
    why: "The answers show no sign that the order matters. Whether the older event has overwritten what the newer one said, they can't show: look at what the handler kept. An event that it has had before may also have helped it.",
    compare: pairOf(all, pairs[0]?.[0], pairs[0]?.[1]),
  };
}
