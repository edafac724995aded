import type { ShapeMark, ShapeMarks } from "#lib/contract/shapes.ts";

/** Seqs that the server takes at once. */
const ASKED_AT_ONCE = 200;
/** The first question waits for the list to be drawn; under a flood the next ones are asked at most so often. */
const FIRST_MS = 400;
const AGAIN_MS = 3_000;

type Ask = (from: number, to: number, signal: AbortSignal) => Promise<ShapeMarks>;
type Listed = readonly { seq: number }[];

/** Keeps the marks of what is listed: each is asked for once it is, the newest first, and one question at a time. */
export function createMarkKeeper(
  ask: Ask,
  listed: () => Listed,
  onMarks: (marks: ReadonlyMap<number, ShapeMark>) => void,
) {
  const known = new Set<number>();
  let marks: ReadonlyMap<number, ShapeMark> = new Map();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let controller = new AbortController();
  let pauseMs = FIRST_MS;

  function wake(): void {
    if (timer !== null || nextRange() === null) return;
    timer = setTimeout(() => void next(), pauseMs);
    pauseMs = AGAIN_MS;
  }

  async function next(): Promise<void> {
    const { signal } = controller;
    const range = nextRange();
    if (range) await read(range, signal);
    if (signal.aborted) return;
    timer = null;
    wake();
  }

  async function read({ from, to }: { from: number; to: number }, signal: AbortSignal) {
    const answer = await ask(from, to, signal).catch(() => null);
    // What can't be read now is asked for again with the next pause.
    if (!answer || signal.aborted) return;
    const now = new Map(marks);
    for (const mark of answer.items) now.set(mark.seq, mark);
    marks = now;
    onMarks(marks);
    if (answer.isPending) return;
    for (const { seq } of listed()) if (seq >= from && seq <= to) known.add(seq);
  }

  function nextRange(): { from: number; to: number } | null {
    const first = listed().find(({ seq }) => !known.has(seq));
    return first ? { from: Math.max(1, first.seq - ASKED_AT_ONCE + 1), to: first.seq } : null;
  }

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    controller.abort();
    controller = new AbortController();
    onMarks(new Map());
  }

  return { wake, stop };
}
