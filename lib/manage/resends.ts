import { v7 as uuidv7 } from "uuid";
import type { Page } from "../contract/bins.ts";
import { listenerOf, listenerTarget } from "../contract/listener-target.ts";
import { NEW_DESTINATION, type DestinationSettings } from "../contract/destinations.ts";
import { type ResendFormat, RESENDS_RUNNING_MAX } from "../contract/resend-limits.ts";
import type {
  Resend,
  ResendCreate,
  ResendLine,
  ResendPlan,
  ResendReport,
} from "../contract/resends.ts";
import { paceOf } from "../destinations/pace.ts";
import { HooklensError, isHooklensError, wrongField } from "../errors.ts";
import { toByteStream } from "./byte-stream.ts";
import { mergeDestination } from "./destination-settings.ts";
import { readQuery } from "./destinations.ts";
import type { StreamedDownload } from "./exports.ts";
import { forwardsOf } from "./forwards-of.ts";
import type { ManageParts } from "./parts.ts";
import { marked, windowsOf } from "./request-windows.ts";
import { fileOf } from "./resend-file.ts";
import { count, secondsFor } from "./resend-plan.ts";
import { createSeats } from "./seats.ts";

const LINES_AT_ONCE = 500;
/** Sent once, within the longest time that there is; a target that fails does not pause it. */
const ONCE: Omit<DestinationSettings, "url"> = {
  ...NEW_DESTINATION,
  ordered: true,
  retry: { ...NEW_DESTINATION.retry, maxAttempts: 1, maxAgeSeconds: 30 * 24 * 60 * 60 },
  breaker: { ...NEW_DESTINATION.breaker, failures: 0 },
};

export function createResendOperations({
  store,
  live,
  hints,
  config,
  addedHeaders,
  chooseListener,
}: ManageParts) {
  /** Where it goes: a URL, or a listener that is connected now. @throws invalid_fields, no_listener, which_listener */
  async function targetOf(binId: string, { to, name }: ResendCreate): Promise<string> {
    if (to !== "listener") return to;
    return listenerTarget(await chooseListener(binId, name));
  }

  const takeSeat = createSeats(
    { inAll: 8, perBin: 2 },
    "Other resends are being planned or read: try again in a moment.",
  );

  /** What it would send, and how long that takes; sends nothing. @throws invalid_fields, bin_gone, no_room */
  async function plan(binId: string, input: ResendCreate): Promise<ResendPlan> {
    const { settings, counted } = await read(binId, input);
    const destinations = (await store.destinations.list([binId])).get(binId) ?? [];
    const running = (await store.resends.list(binId)).filter(({ state }) => state === "running");
    const urls = [
      ...destinations.filter(({ enabled }) => enabled).map(({ url }) => url),
      ...running.map(({ to, name }) => (name === null ? to : listenerTarget(name))),
      settings.url,
    ];
    const { perSecond } = paceOf(settings, urls, config.forward);
    return {
      ...counted,
      to: input.to,
      name: listenerOf(settings.url),
      ratePerSecond: Number.isFinite(perSecond) ? perSecond : null,
      seconds: secondsFor(counted, perSecond),
    };
  }

  /** @throws invalid_fields, no_secret_key, too_many_resends, bin_gone, no_room */
  async function add(binId: string, input: ResendCreate): Promise<ResendReport> {
    const { settings, counted, seqs } = await read(binId, input);
    const { range, requests, isExact } = counted;
    if (!range && isExact)
      throw wrongField(
        input.ids ? "/ids" : "/q",
        input.ids ? "None of them is there any more" : "No request matches",
      );
    const id = uuidv7();
    const last = range && isExact ? range.last : await lastSeq(binId);
    const done = await store.resends.add({
      id,
      binId,
      // What was looked at in time held none: there may be some further on.
      first: range?.first ?? 1,
      through: last,
      marked: seqs,
      planned: isExact ? requests : null,
      ...settings,
      added: addedHeaders.seal({ binId, rowId: id }, settings.headers.add, null),
    });
    if (done === "gone") throw gone();
    if (done === "full") throw full();
    changed(binId);
    return get(binId, id);
  }

  async function read(binId: string, input: ResendCreate) {
    const settings = { ...settingsOf(input), url: await targetOf(binId, input) };
    const leave = takeSeat(binId);
    try {
      if (!input.ids) {
        const windows = windowsOf(store, binId, readQuery(settings.q));
        return { settings, counted: await count(windows), seqs: null };
      }
      const seqs: number[] = [];
      return {
        settings,
        counted: await count(noting(marked(store, binId, input.ids), seqs)),
        seqs,
      };
    } finally {
      leave();
    }
  }

  async function lastSeq(binId: string): Promise<number> {
    const head = (await store.bins.heads([binId])).get(binId);
    if (!head || head.gone) throw gone();
    return head.lastSeq;
  }

  /** Whoever works at it looks again. */
  function changed(binId: string): void {
    live.binChanged(binId);
    hints.tell({ kind: "destinations", binId });
  }

  /** Those that are kept, the newest first. */
  async function list(binId: string): Promise<Page<Resend>> {
    return { items: await store.resends.list(binId), next: null };
  }

  /** @throws resend_not_found */
  async function get(binId: string, id: string): Promise<ResendReport> {
    const [found] = await store.resends.list(binId, id);
    if (!found) throw notFound();
    return { ...found, failures: await store.resends.failures(binId, id) };
  }

  /** What is under way goes on to its end, nothing more begins. @throws resend_not_found */
  async function stop(binId: string, id: string): Promise<ResendReport> {
    if (!(await store.resends.stop(binId, id))) throw notFound();
    changed(binId);
    return get(binId, id);
  }

  /** Forgets it; its forwards stay with their requests. @throws resend_not_found, resend_running */
  async function remove(binId: string, id: string): Promise<void> {
    const done = await store.resends.remove(binId, id);
    if (done === "unknown") throw notFound();
    if (done === "running") throw new HooklensError("resend_running", "Stop it first.");
  }

  /** All that it has sent, in the order of their arrival, read while it is sent. @throws resend_not_found, no_room */
  async function file(binId: string, id: string, format: ResendFormat): Promise<StreamedDownload> {
    const { range } = await get(binId, id);
    const leave = takeSeat(binId);
    const stream = toByteStream(fileOf(format, linesOf(binId, id, range.last)), leave);
    return { stream, fileName: `hooklens-resend-${id}.${format}` };
  }

  async function* linesOf(binId: string, id: string, through: number): AsyncGenerator<ResendLine> {
    for (let after = 0; ; ) {
      const lines = await store.resends.lines({ binId, id, through }, after, LINES_AT_ONCE);
      for (const line of lines) {
        yield { ...line, link: `${config.publicUrl}/b/${binId}?request=${line.requestId}` };
      }
      if (lines.length < LINES_AT_ONCE) return;
      after = lines.at(-1)?.seq ?? through;
    }
  }

  /** @throws resend_not_found */
  const forwards = forwardsOf({ store }, get);
  return { plan, add, list, get, stop, remove, forwards, file };
}

/** Puts the seqs of what passes into `seqs`. */
async function* noting<Listed extends { seq: number }>(
  windows: AsyncIterable<Listed[]>,
  seqs: number[],
): AsyncGenerator<Listed[]> {
  for await (const listed of windows) {
    seqs.push(...listed.map(({ seq }) => seq));
    yield listed;
  }
}

/** @throws invalid_fields */
function settingsOf({ to, name, ids, q, ...input }: ResendCreate): DestinationSettings {
  if (ids && q !== undefined) throw wrongField("/q", "Either requests by their ids, or a query");
  const isListener = to === "listener";
  if (isListener && (input.retry?.maxAttempts ?? 1) > 1) {
    throw wrongField("/retry/maxAttempts", "A listener is sent each once: 1");
  }
  if (isListener && input.headers) {
    throw wrongField("/headers", "Through a listener the headers go as they came");
  }
  if (!isListener && name !== undefined) throw wrongField("/name", "Only a listener has one");
  try {
    // What stands there for a listener is no URL.
    const once = { ...ONCE, url: isListener ? "http://localhost/" : to };
    const isRetried = (input.retry?.maxAttempts ?? 1) > 1;
    const { breaker } = NEW_DESTINATION;
    return mergeDestination(isRetried ? { ...once, breaker } : once, { ...input, ...(q && { q }) });
  } catch (error) {
    const [first] = isHooklensError(error) ? (error.errors ?? []) : [];
    if (first?.pointer !== "/url") throw error;
    throw wrongField("/to", first.detail);
  }
}

const notFound = () => new HooklensError("resend_not_found", "It may be forgotten already.");
const gone = () =>
  new HooklensError("bin_gone", "It was deleted or has expired; mint another one.");
const full = () =>
  new HooklensError(
    "too_many_resends",
    `A bin has at most ${RESENDS_RUNNING_MAX} at the same time: wait until one is done, or stop one.`,
  );
