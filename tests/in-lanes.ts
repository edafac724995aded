export type Task<Result> = {
  name: string;
  /** The names of those that must have ended before it begins. */
  after: readonly string[];
  /** Null: it could not run, since what it needs has failed. */
  run: () => Promise<Result | null>;
};

/**
 * Runs tasks, `lanes` of them at once: each lane takes the first that waits for nothing any more.
 * @returns what they came to, in the order given.
 * @throws when some wait for each other, or for a name that there is not.
 */
export async function runInLanes<Result>(
  tasks: readonly Task<Result>[],
  lanes: number,
): Promise<(Result | null)[]> {
  const results = new Map<string, Result | null>();
  const waiting = [...tasks];
  const running = new Set<Promise<void>>();
  while (waiting.length + running.size > 0) {
    const index = waiting.findIndex(({ after }) => after.every((name) => results.has(name)));
    const [task] = index < 0 || running.size >= lanes ? [] : waiting.splice(index, 1);
    if (task) {
      const run = task.run().then((result) => {
        results.set(task.name, result);
        running.delete(run);
      });
      running.add(run);
    } else if (running.size > 0) await Promise.race(running);
    else throw new Error(`Nothing that these wait for is left: ${waiting.map(nameOf).join(", ")}`);
  }
  return tasks.map(({ name }) => results.get(name) ?? null);
}

const nameOf = ({ name }: { name: string }) => name;
