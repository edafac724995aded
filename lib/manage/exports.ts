import { EXPORT_FORMATS, type ExportFormat, type ExportSize } from "../contract/transfer.ts";
import { HooklensError } from "../errors.ts";
import { readSearch } from "../search/words.ts";
import type { ListedForExport } from "../store/exports.ts";
import type { Exported } from "../transfer/exported.ts";
import { exportWriter } from "../transfer/writers.ts";
import { exportFileName } from "./file-name.ts";
import type { ManageParts } from "./parts.ts";
import { marked, windowsOf } from "./request-windows.ts";
import { createSeats } from "./seats.ts";
import { toByteStream } from "./byte-stream.ts";

export type StreamedDownload = { stream: ReadableStream<Uint8Array>; fileName: string };

/** Each holds one body at most, and what a few pieces of a file take. */
const AT_ONCE = { inAll: 16, perBin: 2 };
/** Read at once. */
const SLICE = { requests: 100, bytes: 1024 * 1024 };
/** For a look at how much an export would hold. */
const SIZE_MS_MAX = 3_000;

/** `ids`: only these. */
type Asked = { format: ExportFormat; q?: string | undefined; ids?: readonly string[] };
type Store = ManageParts["store"];

export function createExportOperations({ store, config }: ManageParts) {
  const takeSeat = createSeats(AT_ONCE, "Other exports are running: try again in a moment.");

  /**
   * A file of what the bin holds at this moment, oldest first, read while it is sent: however much it is, a little of it
   * is in memory. What is removed meanwhile is left out.
   * @throws invalid_query, bin_gone, no_room
   */
  async function start(binId: string, { format, q = "", ids }: Asked): Promise<StreamedDownload> {
    const query = q.trim() === "" ? null : readSearch(q);
    const bin = await store.bins.view(binId, config.publicUrl);
    if (!bin) throw gone();
    const leave = takeSeat(binId);
    const now = new Date();
    const facts = { bin, q, exportedAt: now.toISOString(), version: config.version };
    async function* pieces(): AsyncGenerator<string> {
      try {
        const writer = exportWriter(format, facts);
        let requests = 0;
        yield writer.begin();
        const listed = ids ? marked(store, binId, ids) : windowsOf(store, binId, query);
        for await (const exported of allOf(store, binId, listed)) {
          yield* writer.each(exported);
          requests += 1;
        }
        yield writer.end(requests);
      } finally {
        leave();
      }
    }
    const fileName = exportFileName(bin, now, EXPORT_FORMATS[format].extension);
    return { stream: toByteStream(pieces(), leave), fileName };
  }

  /** How much an export would hold. @throws invalid_query, bin_gone */
  async function size(binId: string, { q = "" }: Pick<Asked, "q">): Promise<ExportSize> {
    if (q.trim() === "") return { ...(await store.exports.size(binId)), isExact: true };
    const query = readSearch(q);
    const until = performance.now() + SIZE_MS_MAX;
    const found = { requests: 0, bodyBytes: 0 };
    for await (const listed of windowsOf(store, binId, query)) {
      found.requests += listed.length;
      found.bodyBytes += listed.reduce((sum, { bodySize }) => sum + bodySize, 0);
      if (performance.now() > until) return { ...found, isExact: false };
    }
    return { ...found, isExact: true };
  }

  return { start, size };
}

async function* allOf(
  store: Store,
  binId: string,
  windows: AsyncIterable<ListedForExport[]>,
): AsyncGenerator<Exported> {
  for await (const listed of windows) {
    for (const slice of slicesOf(listed)) {
      for (const { request, body } of await store.exports.read(binId, slice)) {
        const bytes = body ?? (await store.requests.body(binId, request.id));
        if (bytes) yield { request, body: bytes };
      }
    }
  }
}

function* slicesOf(listed: readonly ListedForExport[]): Generator<ListedForExport[]> {
  let slice: ListedForExport[] = [];
  let bytes = 0;
  for (const one of listed) {
    const isFull = slice.length === SLICE.requests || bytes + one.bodySize > SLICE.bytes;
    if (isFull && slice.length > 0) {
      yield slice;
      [slice, bytes] = [[], 0];
    }
    slice.push(one);
    bytes += one.bodySize;
  }
  if (slice.length > 0) yield slice;
}

const gone = () => new HooklensError("bin_gone", "It was deleted or has expired.");
