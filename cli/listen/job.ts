import type { Delivery } from "#lib/contract/relay.ts";
import type { Outcome } from "#lib/contract/relay-schemas.ts";
import type { Route } from "./route.ts";

/** A delivery under way, as a person is told of it. */
export type Job = {
  delivery: Delivery;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Null until it is known which target takes it. */
  route: Route | null;
  /** Bytes of a large body that have come; null when none is being fetched. */
  fetched: number | null;
};

export type Settled = { job: Job; outcome: Outcome; hint: string | null };
