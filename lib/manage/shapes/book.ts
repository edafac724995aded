import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { BrokenRequest, ShapeSkipped, ShapeSource } from "../../contract/shapes.ts";
import { HooklensError } from "../../errors.ts";
import { readSearch } from "../../search/words.ts";
import { breaksOf } from "../../shapes/breaks.ts";
import { ShapeFold } from "../../shapes/fold.ts";
import type { ListedSample, StoredSample } from "../../store/shapes.ts";
import type { ManageParts } from "../parts.ts";
import { readStoredSample, SHAPED_BYTES_MAX } from "./read-sample.ts";
import { sourceKey } from "./source.ts";

/** The newest requests of a bin that are looked through for samples, and the newest samples that are folded. */
export const LOOKED_THROUGH = 20_000;
const SAMPLES_MAX = 2_000;
const SAMPLES_BYTES_MAX = 32 * 1024 * 1024;
/** Read at once. */
const SLICE = { samples: 50, bytes: 128 * 1024 };
/** Folded without letting others go on: 100 ms for each MiB, so about 3 ms. */
const HELD_BYTES = 32 * 1024;
const BROKEN_MAX = 1_000;
/** Shapes in memory; a hostile one takes about 4 MB. */
const SHAPES_MAX = 24;

/** The samples of a source, folded in the order of their arrival up to `through`, but for those that are pending. */
export type Folded = {
  revision: number;
  through: number;
  fold: ShapeFold;
  skipped: ShapeSkipped;
  leftOut: number;
  /** By seq, in their order. */
  broken: Map<number, BrokenRequest>;
  pending: ListedSample[];
};

/**
 * Shapes are made when somebody looks, from the table, and are kept in memory: what came since is folded to them. A
 * removal makes them anew, since nothing can be taken out of a shape.
 */
export function createShapeBook({ store }: Pick<ManageParts, "store">) {
  const kept = new LRUCache<string, Folded>({ max: SHAPES_MAX });
  /** One fold after the other, over all bins: it takes a core. */
  let last: Promise<unknown> = Promise.resolve();

  /** Folds what is there, for so many milliseconds at most. @throws bin_gone, invalid_query */
  function read(binId: string, source: ShapeSource, forMs: number): Promise<Folded> {
    const turn = last.then(() => advance(binId, source, performance.now() + forMs));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function advance(binId: string, source: ShapeSource, untilMs: number): Promise<Folded> {
    const head = await store.shapes.head(binId);
    if (!head) throw new HooklensError("bin_gone", "It was deleted or has expired.");
    const key = `${binId} ${sourceKey(source)}`;
    const before = kept.get(key);
    const folded = before?.revision === head.revision ? before : newFolded(head.revision);
    kept.set(key, folded);
    if (folded.through < head.lastSeq) {
      const floor = Math.max(head.clearedThrough, head.lastSeq - LOOKED_THROUGH, folded.through);
      await plan(folded, binId, source, { above: floor, below: head.lastSeq + 1 });
    }
    while (folded.pending.length > 0 && performance.now() < untilMs) await foldSlice(folded, binId);
    return folded;
  }

  async function plan(
    folded: Folded,
    binId: string,
    source: ShapeSource,
    range: { above: number; below: number },
  ): Promise<void> {
    const of =
      source.provider === undefined
        ? { seqs: await store.requests.matching({ binId, ...range }, readSearch(source.q)) }
        : source;
    const listed = await store.shapes.list(binId, of, range, SAMPLES_MAX + 1);
    const pending = newestOf([...folded.pending, ...listed]);
    folded.leftOut += folded.pending.length + listed.length - pending.length;
    folded.pending = pending;
    folded.through = range.below - 1;
  }

  async function foldSlice(folded: Folded, binId: string): Promise<void> {
    const seqs = takeSlice(folded.pending);
    const samples = await store.shapes.samples(binId, seqs, SHAPED_BYTES_MAX);
    let held = 0;
    for (const sample of samples) {
      await foldOne(folded, sample);
      held += sample.body.length;
      if (held < HELD_BYTES) continue;
      held = 0;
      await setImmediate();
    }
    folded.pending.splice(0, seqs.length);
  }

  /** What is stored was taken for another's: a shape of it may hold what is none of its samples. */
  function forget(binId: string): void {
    for (const key of kept.keys()) if (key.startsWith(`${binId} `)) kept.delete(key);
  }

  return { read, forget };
}

async function foldOne(folded: Folded, sample: StoredSample): Promise<void> {
  const read = await readStoredSample(sample);
  if (typeof read === "string") {
    folded.skipped[read] += 1;
    return;
  }
  const { id, seq } = sample;
  const breaks = breaksOf(folded.fold.shape, read.value);
  if (breaks.length > 0) folded.broken.set(seq, { id, seq, breaks });
  for (const oldest of folded.broken.keys()) {
    if (folded.broken.size <= BROKEN_MAX) break;
    folded.broken.delete(oldest);
  }
  folded.fold.add(read.value);
}

function takeSlice(pending: readonly ListedSample[]): number[] {
  const seqs: number[] = [];
  let bytes = 0;
  for (const sample of pending) {
    bytes += sample.bytes;
    const isFull = seqs.length === SLICE.samples || bytes > SLICE.bytes;
    if (isFull && seqs.length > 0) break;
    seqs.push(sample.seq);
  }
  return seqs;
}

/** As many of the newest as are looked at; oldest first. */
function newestOf(listed: readonly ListedSample[]): ListedSample[] {
  let bytes = 0;
  const newest = listed.slice(-SAMPLES_MAX).toReversed();
  const fitting = newest.findIndex((sample) => {
    bytes += Math.min(sample.bytes, SHAPED_BYTES_MAX);
    return bytes > SAMPLES_BYTES_MAX;
  });
  return (fitting < 0 ? newest : newest.slice(0, Math.max(fitting, 1))).toReversed();
}

const newFolded = (revision: number): Folded => ({
  revision,
  through: 0,
  fold: new ShapeFold(),
  skipped: { notJson: 0, tooLarge: 0, cut: 0, undecodable: 0 },
  leftOut: 0,
  broken: new Map(),
  pending: [],
});
