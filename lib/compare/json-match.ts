import type { Slices } from "../body/slices.ts";
import { alignSequences } from "./align.ts";
import type { JsonTree } from "./json-tree.ts";

/** Members and elements looked at in one go. */
const SLICE = 1_024;

/** What elements of a list are known by, the surest first. */
const ID_KEYS = ["id", "_id", "uuid", "guid", "key", "sku", "code", "slug", "name"];

/** For each of an object's members the one of the same name in the other; -1 for none. */
export function* matchMembers(
  old: JsonTree,
  before: readonly number[],
  now: JsonTree,
  after: readonly number[],
): Slices<Int32Array> {
  const places = new Map<string, number[]>();
  for (let index = after.length - 1; index >= 0; index -= 1) {
    const key = now.key(after[index] ?? 0);
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
    if (index % SLICE === SLICE - 1) yield;
  }
  const matches = new Int32Array(before.length);
  for (let index = 0; index < before.length; index += 1) {
    matches[index] = places.get(old.key(before[index] ?? 0))?.pop() ?? -1;
    if (index % SLICE === SLICE - 1) yield;
  }
  return matches;
}

/** For each of an array's elements the one beside which it is shown; -1 for none. */
export function* matchElements(
  old: JsonTree,
  before: readonly number[],
  now: JsonTree,
  after: readonly number[],
): Slices<Int32Array> {
  const byId = yield* matchIds(old, before, now, after);
  if (byId) return byId;
  const matches = yield* alignSequences(yield* hashes(old, before), yield* hashes(now, after));
  yield* pairGaps(matches, after.length, (a, b) => {
    const [one, other] = [before[a] ?? 0, after[b] ?? 0];
    return old.type(one) === now.type(other);
  });
  return matches;
}

function* hashes(tree: JsonTree, lines: readonly number[]): Slices<Float64Array> {
  const list = new Float64Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    list[index] = tree.hash(lines[index] ?? 0);
    if (index % (8 * SLICE) === 8 * SLICE - 1) yield;
  }
  return list;
}

/** Between two matches what is left of both sides belongs together in its order, as far as it goes together. */
export function* pairGaps(
  matches: Int32Array,
  afterCount: number,
  isPair: (before: number, after: number) => boolean,
): Slices<void> {
  let next = 0;
  for (let from = 0; from < matches.length; from += 1) {
    if ((matches[from] ?? -1) >= 0) {
      next = (matches[from] ?? 0) + 1;
      continue;
    }
    let to = from;
    while (to < matches.length && (matches[to] ?? -1) < 0) to += 1;
    const end = to < matches.length ? (matches[to] ?? 0) : afterCount;
    for (let at = from; at < to && next < end; at += 1, next += 1) {
      if (isPair(at, next)) matches[at] = next;
      if (at % SLICE === SLICE - 1) yield;
    }
    from = to - 1;
  }
}

/** Null where the elements have no id in common. */
function* matchIds(
  old: JsonTree,
  before: readonly number[],
  now: JsonTree,
  after: readonly number[],
): Slices<Int32Array | null> {
  if (before.length === 0 || after.length === 0) return null;
  const both = [yield* idsOf(old, before), yield* idsOf(now, after)] as const;
  for (const key of ID_KEYS) {
    const [mine, theirs] = [both[0]?.get(key), both[1]?.get(key)];
    if (mine?.size !== before.length || theirs?.size !== after.length) continue;
    const matches = new Int32Array(before.length).fill(-1);
    for (const [id, index] of mine) matches[index] = theirs.get(id) ?? -1;
    // Two events with other ids all through: their elements belong together by their order.
    return matches.some((match) => match >= 0) ? matches : null;
  }
  return null;
}

/** For each key that may be an id: each element's own, to its place. Null when one is no object. */
function* idsOf(
  tree: JsonTree,
  lines: readonly number[],
): Slices<Map<string, Map<string, number>> | null> {
  const ids = new Map(ID_KEYS.map((key) => [key, new Map<string, number>()]));
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? 0;
    if (tree.type(line) !== "object") return null;
    for (const member of yield* tree.children(line)) {
      const type = tree.type(member);
      if (type !== "string" && type !== "number") continue;
      ids.get(tree.key(member))?.set(tree.written(member), index);
    }
    if (index % 64 === 63) yield;
  }
  return ids;
}
