import { v7 as uuidv7 } from "uuid";
import type { Page } from "../contract/bins.ts";
import { DESTINATIONS_MAX } from "../contract/destination-limits.ts";
import {
  type Destination,
  type DestinationCreate,
  type DestinationPatch,
  type DestinationSettings,
  NEW_DESTINATION,
  type Replay,
  type Replayed,
} from "../contract/destinations.ts";
import { HooklensError, wrongField } from "../errors.ts";
import { mistakeText, parseQuery } from "../search/parse.ts";
import type { Query } from "../search/query.ts";
import { mergeDestination } from "./destination-settings.ts";
import type { Changed } from "../store/destinations.ts";
import type { KeptHeaders } from "../store/kept-headers.ts";
import { forwardsOf } from "./forwards-of.ts";
import type { ManageParts } from "./parts.ts";

export function createDestinationOperations({ store, live, hints, addedHeaders }: ManageParts) {
  /** @throws invalid_fields, no_secret_key, too_many_destinations, bin_gone */
  async function add(
    binId: string,
    { from = "now", ...input }: DestinationCreate,
  ): Promise<Destination> {
    refuseOwnUrl(binId, input.url);
    const settings = mergeDestination({ ...NEW_DESTINATION, url: input.url }, input);
    const id = uuidv7();
    const added = addedHeaders.seal({ binId, rowId: id }, settings.headers.add, null);
    const row = { id, binId, ...settings, added };
    const done = await store.destinations.add(row, from, DESTINATIONS_MAX);
    if (done === "gone") throw gone();
    if (done === "full") throw full();
    changed(binId);
    return get(binId, id);
  }

  /** Whoever works at them looks again, and pages are told. */
  function changed(binId: string): void {
    live.binChanged(binId);
    hints.tell({ kind: "destinations", binId });
  }

  /** All of them, the oldest first. There are never so many that they need a second page. */
  async function list(binId: string): Promise<Page<Destination>> {
    const byBin = await store.destinations.list([binId]);
    return { items: byBin.get(binId) ?? [], next: null };
  }

  /** @throws destination_not_found */
  async function get(binId: string, id: string): Promise<Destination> {
    const found = (await store.destinations.list([binId], id)).get(binId)?.[0];
    if (!found) throw notFound();
    return found;
  }

  /**
   * What changes takes hold with the next attempt; the circuit breaker is closed again.
   * @throws invalid_fields, no_secret_key, destination_not_found
   */
  async function patch(
    binId: string,
    id: string,
    { from, ...input }: DestinationPatch,
  ): Promise<Destination> {
    if (input.url) refuseOwnUrl(binId, input.url);
    const merge = (before: DestinationSettings, kept: KeptHeaders): Changed => {
      const settings = mergeDestination(before, input);
      if (input.headers === undefined || input.headers?.add === undefined) {
        return { settings, added: input.headers === null ? null : undefined };
      }
      const { add } = settings.headers;
      return { settings, added: addedHeaders.seal({ binId, rowId: id }, add, kept) };
    };
    if (!(await store.destinations.change(binId, id, from ?? null, merge))) throw notFound();
    changed(binId);
    return get(binId, id);
  }

  /** What waits for it is dead with it, and says so. @throws destination_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    if (!(await store.destinations.remove(binId, id))) throw notFound();
    changed(binId);
  }

  /**
   * Sends forwards again, with as many attempts as a new one has. Those that wait for their next attempt are due at once.
   * @throws destination_not_found, invalid_fields
   */
  async function replay(
    binId: string,
    id: string,
    { ids, state = "dead", q = "" }: Replay,
  ): Promise<Replayed> {
    const { lastSeq } = await boundsOf(binId, id);
    const query = readQuery(q);
    const range = { binId, above: 0, below: lastSeq + 1 };
    const seqs = query && (await store.requests.matching(range, query));
    const replayed = await store.replays.replay({
      binId,
      destinationId: id,
      state,
      ids: ids ?? null,
      seqs,
    });
    changed(binId);
    return { replayed };
  }

  async function boundsOf(binId: string, id: string): Promise<{ lastSeq: number }> {
    await get(binId, id);
    const head = (await store.bins.heads([binId])).get(binId);
    if (!head || head.gone) throw gone();
    return head;
  }

  /** @throws destination_not_found */
  const forwards = forwardsOf({ store }, get);
  return { add, list, get, patch, remove, forwards, replay };
}

/** Null for one that is empty. @throws invalid_fields */
export function readQuery(q: string): Query | null {
  const parsed = q === "" ? null : parseQuery(q);
  if (!parsed) return null;
  if (parsed.ok) return parsed.query;
  throw wrongField("/q", mistakeText(parsed.mistake));
}

/** Under whatever name of this server: nobody else has the bin's id. @throws invalid_fields */
function refuseOwnUrl(binId: string, url: string): void {
  if (!new RegExp(`/in/${binId}(?![a-z0-9])`).test(url)) return;
  throw wrongField(
    "/url",
    "This is the bin's own capture URL: all that is sent there comes back, and is captured again",
  );
}

const notFound = () => new HooklensError("destination_not_found", "It may be deleted already.");
const gone = () =>
  new HooklensError("bin_gone", "It was deleted or has expired; mint another one.");
const full = () =>
  new HooklensError(
    "too_many_destinations",
    `A bin has at most ${DESTINATIONS_MAX}: delete one that is not used, or change it.`,
  );
