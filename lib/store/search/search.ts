import type pg from "pg";
import { narrowingOf } from "../../search/narrowing.ts";
import { needsOf } from "../../search/needs.ts";
import { compile, type Predicate } from "../../search/predicate.ts";
import type { Query } from "../../search/query.ts";
import { makeBlock } from "./blocks.ts";
import { candidates, type Hunt } from "./candidates.ts";
import { conditionOf } from "./conditions.ts";
import type { Range } from "./list.ts";
import { type Listed, readSubjects, readsOf } from "./subjects.ts";

/** Newest first. `reached`: the search ended early, and no request from this seq on was left out; null: it did not. */
type Found = { seqs: number[]; reached: number | null };

/** A search that takes longer gives what it has: an answer is there within 100 ms, whatever was asked. */
const SEARCH_MS = 65;

export type Search = (range: Range, query: Query, limit: number) => Promise<Found>;

/**
 * Searches stored requests. SQL and the index only narrow, each to a superset of the matches; the predicate has the last
 * word, unless SQL says exactly the same. So a query means the same here as for a request that just arrives.
 */
export function createSearch(pool: pg.Pool, { timeMs = SEARCH_MS } = {}): Search {
  const inTurn = createTurns();

  return async (range, query, limit) => {
    const endsAt = performance.now() + timeMs;
    const now = Date.now();
    const hunt: Hunt = {
      pool,
      range,
      condition: conditionOf(query, now * 1000),
      narrowing: narrowingOf(query),
      needs: needsOf(query),
      limit,
      makeBlock: (binId, number) =>
        inTurn(`${binId}/${number}`, () => makeBlock(pool, binId, number)),
    };
    return judge(hunt, compile(query, { now: () => now }), endsAt);
  };
}

/** Looks at the candidates until the limit, the time or the range ends. */
async function judge(hunt: Hunt, matches: Predicate, endsAt: number): Promise<Found> {
  const seqs: number[] = [];
  let isFirst = true;
  for await (const { listed, reached } of candidates(hunt)) {
    for (const read of hunt.condition.isExact ? [listed] : readsOf(listed, isFirst)) {
      seqs.push(...(await matchesOf(hunt, read, matches)));
      isFirst = false;
      if (seqs.length >= hunt.limit) return { seqs: seqs.slice(0, hunt.limit), reached: null };
      const last = read.at(-1);
      if (last && performance.now() > endsAt) return { seqs, reached: last.seq };
    }
    if (performance.now() > endsAt) return { seqs, reached };
  }
  return { seqs, reached: null };
}

async function matchesOf(
  hunt: Hunt,
  read: readonly Listed[],
  matches: Predicate,
): Promise<number[]> {
  if (hunt.condition.isExact) return read.map(({ seq }) => seq);
  const subjects = await readSubjects(hunt.pool, hunt.range.binId, read, hunt.needs);
  return subjects.filter(matches).map(({ request }) => request.seq);
}

/** Runs works one after the other, the same one only once: making an index takes a core for a while. */
function createTurns() {
  const waiting = new Map<string, Promise<void>>();
  let last: Promise<unknown> = Promise.resolve();
  return (key: string, work: () => Promise<void>): Promise<void> => {
    const before = waiting.get(key);
    if (before) return before;
    const done = last.then(work).finally(() => waiting.delete(key));
    last = done.catch(() => undefined);
    waiting.set(key, done);
    return done;
  };
}
