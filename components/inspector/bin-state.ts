import type { Relay } from "#components/relay/relays.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiError } from "#lib/contract/calls.ts";
import type { Destination } from "#lib/contract/destinations.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import { emptyFeed, type Feed } from "./feed.ts";
import type { RequestKey } from "./found.ts";
import { type LinkFacts, notLinked } from "./link.ts";

export type BinState = {
  bin: Bin | null;
  feed: Feed;
  /** Why the bin can't be shown or read; null once a read succeeds. */
  problem: ApiError | null;
  /** Nothing more will come; revoked, forgotten: it was open until the key was taken away, the bin given up. */
  ended: "revoked" | "forgotten" | "refused" | null;
  link: LinkFacts;
  older: "idle" | "reading" | "failed";
  /** The machines that take this bin's requests to their localhost; null until they were told. */
  relays: Relay[] | null;
  /** How the bin's destinations stand, as it was told last; null: not told yet. */
  destinations: Destination[] | null;
};

/** Told of each forward of the bin as it changes; of null when some may have been missed. Returns what ends it. */
export type WatchForwards = (heard: (forward: Forward | null) => void) => () => void;

/** Told of requests that are not as they were; of null when nobody knows of which. Returns what ends it. */
export type WatchChanges = (heard: (keys: readonly (RequestKey | null)[]) => void) => () => void;

export const nothingYet = (): BinState => ({
  bin: null,
  feed: emptyFeed,
  problem: null,
  ended: null,
  link: notLinked(),
  older: "idle",
  relays: null,
  destinations: null,
});
