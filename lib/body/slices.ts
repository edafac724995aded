export type Work = {
  /** To be awaited between slices of long work. */
  pause: () => Promise<void>;
  /** Nobody waits for the result any more. */
  stopped: () => boolean;
};

/** Long work, which yields wherever the page may go first. */
export type Slices<Result> = Generator<void, Result, void>;

/** All at once: for what is short, and for what a person waits for in the same moment. */
export function atOnce<Result>(slices: Slices<Result>): Result {
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

/** With pauses between the slices. Null when nobody waits any more. */
export async function inSlices<Result>(
  slices: Slices<Result>,
  { pause, stopped }: Work,
): Promise<Result | null> {
  while (!stopped()) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await pause();
  }
  return null;
}
