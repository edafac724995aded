"use client";

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { noWords } from "#components/request/filter-words.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { WatchChanges } from "./bin-state.ts";
import { type Feed, isGone } from "./feed.ts";
import { withNewest } from "./found.ts";
import { createSearch, type Search, type SearchState } from "./search.ts";

export type Searching = {
  search: Search;
  state: SearchState;
  /** What to mark in the rows; empty without a search. */
  words: readonly string[];
  items: Feed["items"];
};

/** The filter of the list: asks the server again for whatever comes in, changes or goes. */
export function useSearch(
  binId: string,
  api: ApiClient,
  feed: Feed,
  watchChanges: WatchChanges,
): Searching {
  const lastSeq = useRef(feed.lastSeq);
  lastSeq.current = feed.lastSeq;
  const search = useMemo(() => createSearch(binId, api, () => lastSeq.current), [binId, api]);
  const state = useSyncExternalStore(search.subscribe, search.get, search.get);
  useEffect(() => search.stop, [search]);
  useEffect(() => watchChanges(search.recheck), [search, watchChanges]);
  useEffect(() => search.again(), [search, feed.lastSeq, feed.revision]);
  const words = useWords(state.query);
  const items = useMemo(
    () => withNewest(state.found.items, feed.items).filter(({ seq }) => !isGone(feed.gone, seq)),
    [state.found.items, feed.items, feed.gone],
  );
  return { search, state, words, items };
}

/** Read in the browser by the server's own rules, which are fetched with the first query. */
function useWords(query: string): readonly string[] {
  const [words, setWords] = useState<readonly string[]>(noWords);
  useEffect(() => {
    if (query.trim() === "") return setWords(noWords);
    let isOver = false;
    void import("#lib/search/words.ts")
      .then(({ parseWords }) => parseWords(query).map(({ text }) => text))
      // The server says what is wrong with it, and where.
      .catch(() => noWords)
      .then((read) => !isOver && setWords(read));
    return () => {
      isOver = true;
    };
  }, [query]);
  return words;
}
