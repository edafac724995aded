import type { JsonLines } from "../body/json-scan.ts";
import type { Slices } from "../body/slices.ts";
import type { Entry, Kind } from "./comparison.ts";
import { matchElements, matchMembers } from "./json-match.ts";
import { JsonTree } from "./json-tree.ts";
import { layOut, type Step } from "./order.ts";
import { type RunKind, Runs } from "./runs.ts";

/** Differences listed; a hostile body may differ in a million places. */
const ENTRIES_MAX = 10_000;

export type JsonComparison = {
  runs: Runs;
  /** Only what differs. */
  entries: Entry[];
  /** Differences beyond those listed. */
  unlisted: number;
  /** Objects whose members are the same or not, but stand in another order. */
  reordered: number;
};

/** Two objects or arrays whose content is being compared. */
type Frame = {
  isArray: boolean;
  before: number[];
  after: number[];
  steps: Generator<Step>;
  /** The path to it, and the same without positions in arrays. */
  label: string;
  place: string;
  /** The lines of the closing brackets; -1 for none. */
  closes: [before: number, after: number];
};

/**
 * Compares two JSON texts value by value: members by their names (of a name that came twice the first with the first),
 * elements of arrays by an id that all have, else by what is the same in the same order. Numbers as they are written.
 * `place`: what a mask calls the text, such as `body`.
 */
export function* compareJson(
  before: JsonLines,
  after: JsonLines,
  place = "body",
): Slices<JsonComparison> {
  const walk = new Walk(yield* JsonTree.of(before), yield* JsonTree.of(after));
  yield* walk.all(place);
  return walk;
}

class Walk implements JsonComparison {
  readonly runs = new Runs();
  readonly entries: Entry[] = [];
  unlisted = 0;
  reordered = 0;
  private readonly old: JsonTree;
  private readonly now: JsonTree;
  /** A stack of its own, so that deep nesting never overflows. */
  private readonly frames: Frame[] = [];

  constructor(old: JsonTree, now: JsonTree) {
    this.old = old;
    this.now = now;
  }

  *all(place: string): Slices<void> {
    const [before, after] = [yield* this.old.children(-1), yield* this.now.children(-1)];
    const isArray = before.length !== 1 || after.length !== 1;
    yield* this.open({ isArray, before, after, label: "$", place: `${place} $`, closes: [-1, -1] });
    for (let count = 1; this.frames.length > 0; count += 1) {
      yield* this.next();
      if (count % 256 === 0) yield;
    }
  }

  private *next(): Slices<void> {
    const frame = this.frames.at(-1);
    const step = frame?.steps.next();
    if (!frame || !step) return;
    if (step.done) {
      this.frames.pop();
      const [before, after] = frame.closes;
      this.rows("same", before, before < 0 ? 0 : 1, after, after < 0 ? 0 : 1, -1);
      return;
    }
    yield* this.pair(frame, step.value);
  }

  private *pair(frame: Frame, step: Step): Slices<void> {
    const [before, after] = [frame.before[step.before] ?? -1, frame.after[step.after] ?? -1];
    const { label, place } = this.where(frame, step, before, after);
    const beforeCount = before < 0 ? 0 : this.old.span(before);
    const afterCount = after < 0 ? 0 : this.now.span(after);
    const isMoved = frame.isArray && step.isMoved;
    const moved = { from: step.before + 1, to: step.after + 1 };
    const differ = (kind: Kind, run: RunKind) => {
      const entry: Entry = {
        place,
        label,
        before: before < 0 ? null : this.old.written(before),
        after: after < 0 ? null : this.now.written(after),
        kinds: [kind, ...(isMoved && kind !== "moved" ? (["moved"] as const) : [])],
        ...(isMoved && { moved }),
      };
      return this.rows(run, before, beforeCount, after, afterCount, this.list(entry));
    };
    if (before < 0) return differ("added", "added");
    if (after < 0) return differ("removed", "removed");
    if (this.old.hash(before) === this.now.hash(after)) {
      if (isMoved) return differ("moved", "moved");
      return this.rows("same", before, beforeCount, after, afterCount, -1);
    }
    const [type, other] = [this.old.type(before), this.now.type(after)];
    if (type !== other) return differ("type", "changed");
    if (type !== "object" && type !== "array") return differ("changed", "changed");
    let entry = -1;
    if (isMoved) {
      entry = this.list({ place, label, before: null, after: null, kinds: ["moved"], moved });
    }
    this.rows(isMoved ? "moved" : "same", before, 1, after, 1, entry);
    yield* this.open({
      isArray: type === "array",
      before: yield* this.old.children(before),
      after: yield* this.now.children(after),
      label,
      place,
      closes: [this.old.close(before), this.now.close(after)],
    });
  }

  private *open(frame: Omit<Frame, "steps">): Slices<void> {
    const { isArray, before, after, label } = frame;
    const isText = this.frames.length === 0 && !isArray && label === "$";
    let matches: Int32Array;
    if (isText) matches = new Int32Array([0]);
    else if (isArray) matches = yield* matchElements(this.old, before, this.now, after);
    else matches = yield* matchMembers(this.old, before, this.now, after);
    if (!isArray && !isText && !isGrowing(matches)) this.reordered += 1;
    this.frames.push({ ...frame, steps: yield* layOut(matches, after.length) });
  }

  private where(frame: Frame, step: Step, before: number, after: number) {
    const { label, place } = frame;
    if (frame.isArray) {
      const index = step.before < 0 ? step.after : step.before;
      return { label: `${label}[${index}]`, place: `${place}[*]` };
    }
    const member = before < 0 ? this.now.step(after) : this.old.step(before);
    return { label: label + member, place: place + member };
  }

  /** The place of an entry in the list; -1 beyond its end. */
  private list(entry: Entry): number {
    if (this.entries.length < ENTRIES_MAX) return this.entries.push(entry) - 1;
    this.unlisted += 1;
    return -1;
  }

  private rows(
    kind: RunKind,
    before: number,
    beforeCount: number,
    after: number,
    afterCount: number,
    entry: number,
  ): void {
    this.runs.push({ kind, before, beforeCount, after, afterCount, entry });
  }
}

function isGrowing(matches: Int32Array): boolean {
  let last = -1;
  for (const match of matches) {
    if (match < 0) continue;
    if (match < last) return false;
    last = match;
  }
  return true;
}
