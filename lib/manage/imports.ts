import { HooklensError } from "../errors.ts";
import { IMPORT_REFUSALS_MAX, type ImportFormat, type ImportReport } from "../contract/transfer.ts";
import { readFileRequests } from "../transfer/read-file.ts";
import type { ReadRequest } from "../transfer/read-request.ts";
import { withinTime } from "./arriving.ts";
import type { AnnotationOperations } from "./annotations.ts";
import type { ImportOutcome } from "../capture/imports.ts";
import type { ManageParts } from "./parts.ts";
import { createSeats } from "./seats.ts";

/** Each has one request in memory as bytes, as text and as values. */
const AT_ONCE = { inAll: 3, perBin: 1 };
/** Stored together. A body that lies apart goes alone: others would overtake it. */
const RUN = { requests: 100, bytes: 1024 * 1024 };
/** No more can be in a bin anyway. */
const NO_CAP = Number.MAX_SAFE_INTEGER;

type Asked = {
  file: ReadableStream<Uint8Array>;
  format?: ImportFormat | undefined;
  remoteAddress: string;
};

type Left = { requests: number; bytes: number };

export function createImportOperations(
  { store, config, imports }: ManageParts,
  annotations: Pick<AnnotationOperations, "restore">,
) {
  const takeSeat = createSeats(AT_ONCE, "Another import is running: try again in a moment.");

  /**
   * Reads a file into the bin, request by request. Nothing that is there already goes for it: what the bin has no room
   * for is refused. What was stored before the file broke off stays.
   * @throws unreadable_file, no_room, bin_gone, body_stalled
   */
  async function read(binId: string, asked: Asked): Promise<ImportReport> {
    const leave = takeSeat(binId);
    try {
      return await readInto(binId, asked);
    } finally {
      leave();
    }
  }

  async function readInto(binId: string, { file, format, remoteAddress }: Asked) {
    const limits = {
      bodyBytesMax: config.capture.bodyBytesMax,
      binId,
      nowUs: Date.now() * 1000,
    };
    const left = await roomOf(binId);
    const reading = await readFileRequests(withinTime(file), limits, format);
    const report = newReport(reading.format);
    let run: Placed[] = [];
    let bytes = 0;
    const flush = async () => {
      await storeRun(binId, remoteAddress, run, report);
      [run, bytes] = [[], 0];
    };
    for await (const item of reading.items) {
      const refusal = "refusal" in item ? item.refusal : takeOf(left, item.read);
      if (refusal !== null || !("read" in item)) {
        refuse(report, item.place, refusal ?? "");
        continue;
      }
      const { bodySize, largeBody } = item.read.draft;
      const isFull = run.length === RUN.requests || bytes + bodySize > RUN.bytes;
      if (isFull || largeBody) await flush();
      run.push(item);
      bytes += bodySize;
      if (largeBody) await flush();
    }
    await flush();
    report.isWhole = reading.isWhole();
    if (report.taken + report.refused === 0 && report.isWhole !== true) throw unreadable();
    if (report.taken === 0 && !reading.isKnown()) throw unreadable(report.refusals[0]);
    return sorted(report);
  }

  async function roomOf(binId: string): Promise<Left> {
    const { requestsPerBin, bytesPerBin } = config.retention;
    const { requests, bytes } = await store.exports.usage(binId);
    return {
      requests: (requestsPerBin || NO_CAP) - requests,
      bytes: (bytesPerBin || NO_CAP) - bytes,
    };
  }

  async function storeRun(
    binId: string,
    remoteAddress: string,
    run: readonly Placed[],
    report: ImportReport,
  ): Promise<void> {
    if (run.length === 0) return;
    const outcomes = await imports.take(
      binId,
      remoteAddress,
      run.map(({ read: one }) => one),
    );
    const unpinned = await annotations.restore(binId, annotationsOf(run, outcomes));
    for (const [index, { place, read: one }] of run.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === "gone")
        throw new HooklensError("bin_gone", "It was deleted meanwhile.");
      if (outcome?.kind === "stored") {
        const notes = unpinned.has(outcome.id) ? [...one.notes, NO_PIN] : one.notes;
        count(report, outcome.seq, notes);
      } else refuse(report, place, outcome?.kind === "late" ? LATE : NO_ROOM);
    }
  }

  return { read };
}

type Placed = { place: number; read: ReadRequest };

const LATE = "The database did not confirm it in time: it may be stored or not.";
const NO_ROOM = "The server had no room for it: too many bytes were on their way to disk.";

const NO_PIN =
  "Pinned in the file, but the bin keeps no more pins: MAX_PINS_PER_BIN or MAX_PINNED_BYTES_PER_BIN.";

/** What the file says of those that were stored. */
function annotationsOf(run: readonly Placed[], outcomes: readonly ImportOutcome[]) {
  return run.flatMap(({ read: { annotation } }, index) => {
    const outcome = outcomes[index];
    const isSaid = Object.keys(annotation).length > 0;
    return isSaid && outcome?.kind === "stored" ? [{ id: outcome.id, change: annotation }] : [];
  });
}

const newReport = (format: ImportFormat): ImportReport => ({
  format,
  taken: 0,
  firstSeq: null,
  lastSeq: null,
  refused: 0,
  refusals: [],
  notes: [],
  isWhole: null,
});

/** Takes room for a request, or says why there is none. */
function takeOf(left: Left, { draft }: ReadRequest): string | null {
  const bytes = draft.bodySize + JSON.stringify(draft.headers).length;
  if (left.requests < 1) return "The bin is full: MAX_REQUESTS_PER_BIN. Remove some first.";
  if (left.bytes < bytes) return "The bin has no room for its bytes: MAX_BYTES_PER_BIN.";
  left.requests -= 1;
  left.bytes -= bytes;
  return null;
}

function refuse(report: ImportReport, place: number, reason: string): void {
  report.refused += 1;
  if (report.refusals.length < IMPORT_REFUSALS_MAX) report.refusals.push({ place, reason });
}

function count(report: ImportReport, seq: number, notes: readonly string[]): void {
  report.taken += 1;
  report.firstSeq = Math.min(report.firstSeq ?? seq, seq);
  report.lastSeq = Math.max(report.lastSeq ?? seq, seq);
  for (const text of notes) {
    const known = report.notes.find((note) => note.text === text);
    if (known) known.requests += 1;
    else report.notes.push({ text, requests: 1 });
  }
}

/** What is refused as it is read comes before what could not be stored. */
function sorted(report: ImportReport): ImportReport {
  return { ...report, refusals: report.refusals.toSorted((one, other) => one.place - other.place) };
}

const unreadable = (first?: ImportReport["refusals"][number]) =>
  new HooklensError(
    "unreadable_file",
    first
      ? `Number ${first.place}: ${first.reason}`
      : "It is empty, or neither an NDJSON export nor a HAR.",
  );
