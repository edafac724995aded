import type { Verdict } from "../contract/experiments.ts";
import { type Difference, differences } from "./differences.ts";
import { type Outcome, isTaken, statusWords } from "./outcome.ts";
import { saysKnown } from "./says-known.ts";

/** Conflict, locked, too early: refusals by which a handler says that it is at work on the same event. */
const BUSY = new Set([409, 423, 425]);

/** The same event several times: one after the other, or at once. */
export function judgeRepeats(outcomes: readonly Outcome[], isAtOnce: boolean): Verdict {
  const taken = outcomes.filter(isTaken);
  const refused = outcomes.filter((outcome) => !isTaken(outcome));
  if (taken.length === 0) return refusedAll(outcomes);
  if (refused.length > 0) return someRefused(outcomes, taken, refused);
  return allTaken(outcomes, isAtOnce);
}

export function refusedAll(outcomes: readonly Outcome[]): Verdict {
  return {
    result: "unsure",
    title: `It refused all with ${statusWords(outcomes)}`,
    why: "It did not handle the event, so nothing can be said about handling it again. If the captured signature has become too old for it, sign again; else look at its answer.",
    compare: null,
  };
}

function someRefused(
  all: readonly Outcome[],
  taken: readonly Outcome[],
  refused: readonly Outcome[],
): Verdict {
  const compare = pairOf(all, taken[0], refused[0]);
  const statuses = statusWords(refused);
  if (refused.some(({ status }) => status !== null && status >= 500)) {
    return {
      result: "found",
      title: `The same event again made it fail with ${statuses}`,
      why: `${taken.length} of ${all.length} were answered ${statusWords(taken)}. It does not expect an event that it has had: providers do send some twice. Answer 2xx for one that was handled before.`,
      compare,
    };
  }
  if (taken.length === 1 && refused.every(({ status }) => BUSY.has(status ?? 0))) {
    return {
      result: "passed",
      title: `It took one and refused the ${refused.length > 1 ? "others" : "other"} with ${statuses}`,
      why: "It notices that it has the event already. The sender counts a refusal as not delivered and sends again later: a 2xx would end that.",
      compare,
    };
  }
  return {
    result: "unsure",
    title: `It took ${taken.length} and refused ${refused.length} with ${statuses}`,
    why: "It may have noticed the repeat, or have refused it for another reason, such as a limit of requests. Look at what it says.",
    compare,
  };
}

function allTaken(outcomes: readonly Outcome[], isAtOnce: boolean): Verdict {
  const fresh = outcomes.filter((outcome) => !saysKnown(outcome));
  if (fresh.length <= 1 && outcomes.length - fresh.length > 0) {
    return {
      result: "passed",
      title: "It noticed the repeat",
      why:
        fresh.length === 0
          ? "Every answer says that the event was handled before."
          : `One answer is that of an event which is new; ${outcomes.length === 2 ? "the other says" : "the others say"} that it was handled before.`,
      compare: pairOf(outcomes, fresh[0] ?? outcomes[0], outcomes.find(saysKnown)),
    };
  }
  const [first, ...others] = fresh;
  for (const other of first ? others : []) {
    const [found] = sorted(first ? differences(first, other) : []);
    if (found) return differs(outcomes, found, pairOf(outcomes, first, other));
    if (first && first.status !== other.status) return otherStatus(outcomes, first, other);
  }
  return {
    result: "passed",
    title: isAtOnce ? "All were answered the same" : "Both were answered the same",
    why: `All ${statusWords(outcomes)}, and the answers differ at most in what is new with every answer. They show no sign that the event was handled more than once; what a handler does without telling, answers can't show.`,
    compare: pairOf(outcomes, outcomes[0], outcomes[1]),
  };
}

/** What counts comes first. */
const sorted = (found: Difference[]): Difference[] =>
  found.toSorted((a, b) => Number(b.counts) - Number(a.counts));

function differs(
  outcomes: readonly Outcome[],
  { place, before, after, counts }: Difference,
  compare: Verdict["compare"],
): Verdict {
  const says = `Answered ${statusWords(outcomes)}, but ${place} is ${short(before)} in one and ${short(after)} in another`;
  if (counts) {
    return {
      result: "found",
      title: "It may have handled the event more than once",
      why: `${says}. Remember the ids of the events that were handled, and answer a repeat as the first.`,
      compare,
    };
  }
  return {
    result: "unsure",
    title: "The answers are not the same",
    why: `${says}. That may be how it tells a repeat, or a sign that it did the work again: look at them.`,
    compare,
  };
}

const otherStatus = (outcomes: readonly Outcome[], first: Outcome, other: Outcome): Verdict => ({
  result: "unsure",
  title: `It answered ${first.status} and ${other.status}`,
  why: "Another status for the same event may be how it tells a repeat (200 after 201), and says nothing for sure.",
  compare: pairOf(outcomes, first, other),
});

const SHOWN = 60;
const short = (value: string): string =>
  value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;

/** Their places among the sends. */
export function pairOf(
  all: readonly Outcome[],
  before: Outcome | undefined,
  after: Outcome | undefined,
): Verdict["compare"] {
  const [one, two] = [before, after].map((outcome) => (outcome ? all.indexOf(outcome) : -1));
  return one === undefined || two === undefined || one < 0 || two < 0 ? null : [one, two];
}
