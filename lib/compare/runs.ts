import { Offsets } from "../body/offsets.ts";

const runKinds = ["same", "changed", "removed", "added", "moved"] as const;
export type RunKind = (typeof runKinds)[number];

/** One row of two sides beside each other: the line of each, -1 for none. `entry`: of the list of differences, or -1. */
export type SideRow = { kind: RunKind; before: number; after: number; entry: number };

export type Run = {
  kind: RunKind;
  /** The first line of each side, and how many there are. */
  before: number;
  beforeCount: number;
  after: number;
  afterCount: number;
  entry: number;
};

/** How the lines of two sides stand beside each other, run by run: two sides of millions of equal lines are one run. */
export class Runs {
  private readonly kinds = new Offsets();
  private readonly beforeFroms = new Offsets();
  private readonly beforeCounts = new Offsets();
  private readonly afterFroms = new Offsets();
  private readonly afterCounts = new Offsets();
  private readonly entries = new Offsets();
  /** The row at which each run begins. */
  private readonly rows = new Offsets();
  rowCount = 0;

  get length(): number {
    return this.kinds.length;
  }

  push({ kind, before, beforeCount, after, afterCount, entry }: Run): void {
    const rows = Math.max(beforeCount, afterCount);
    if (rows === 0) return;
    const last = this.length - 1;
    if (kind === "same" && this.goesOn(last, before, after)) {
      this.beforeCounts.set(last, (this.beforeCounts.at(last) ?? 0) + beforeCount);
      this.afterCounts.set(last, (this.afterCounts.at(last) ?? 0) + afterCount);
    } else {
      this.kinds.push(runKinds.indexOf(kind));
      this.beforeFroms.push(before);
      this.beforeCounts.push(beforeCount);
      this.afterFroms.push(after);
      this.afterCounts.push(afterCount);
      this.entries.push(entry);
      this.rows.push(this.rowCount);
    }
    this.rowCount += rows;
  }

  /** Equal lines right behind equal lines, on both sides. */
  private goesOn(run: number, before: number, after: number): boolean {
    const { kind, ...last } = this.run(run);
    return (
      kind === "same" &&
      last.beforeCount === last.afterCount &&
      last.before + last.beforeCount === before &&
      last.after + last.afterCount === after
    );
  }

  run(index: number): Run {
    return {
      kind: index < 0 ? "changed" : (runKinds[this.kinds.at(index) ?? 0] ?? "same"),
      before: this.beforeFroms.at(index) ?? 0,
      beforeCount: this.beforeCounts.at(index) ?? 0,
      after: this.afterFroms.at(index) ?? 0,
      afterCount: this.afterCounts.at(index) ?? 0,
      entry: this.entries.at(index) ?? -1,
    };
  }

  /** The row at which a run begins. */
  rowOf(run: number): number {
    return this.rows.at(run) ?? 0;
  }

  at(row: number): SideRow {
    const index = this.rows.lastUpTo(row);
    const run = this.run(index);
    const within = row - this.rowOf(index);
    return {
      kind: run.kind,
      before: within < run.beforeCount ? run.before + within : -1,
      after: within < run.afterCount ? run.after + within : -1,
      entry: run.entry,
    };
  }
}
