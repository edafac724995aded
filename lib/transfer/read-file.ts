import type { ImportFormat } from "../contract/transfer.ts";
import { type FileItem, HarEntries, linesOf } from "./file-items.ts";
import { readHarEntry } from "./read-har.ts";
import { readNdjsonLine } from "./read-ndjson.ts";
import { type ReadLimits, type ReadRequest, Refusal } from "./read-request.ts";

type ReadItem = { place: number; read: ReadRequest } | { place: number; refusal: string };

export type FileReading = {
  format: ImportFormat;
  items: AsyncGenerator<ReadItem>;
  /** After the last item. Null: the file does not tell. */
  isWhole(): boolean | null;
  /** After the last item: whether the file is of this format, whatever its items are. */
  isKnown(): boolean;
};

/** Beside its body: headers, target and names. */
const HEAD_BYTES = 1024 * 1024;
/** So much of the beginning tells what a file is. */
const SNIFFED_CHARACTERS = 256;
const HAR = /^\ufeff?\s*\{\s*"log"\s*:/;

/**
 * Reads the requests of a file as it comes. Without a format its beginning tells: a HAR begins with `log`.
 * One item is in memory, of at most a third more than the largest body (base64) or, in a HAR, twice that (escapes).
 */
export async function readFileRequests(
  file: AsyncIterable<Uint8Array>,
  limits: ReadLimits,
  format?: ImportFormat,
): Promise<FileReading> {
  const { chunks, text } = await beginningOf(file);
  const known = format ?? (HAR.test(text) ? "har" : "ndjson");
  return known === "har" ? readHar(chunks, limits) : readNdjson(chunks, limits);
}

async function beginningOf(file: AsyncIterable<Uint8Array>) {
  const iterator = file[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let text = "";
  for (let isOver = false; text.length < SNIFFED_CHARACTERS && !isOver; ) {
    const next = await iterator.next();
    isOver = next.done === true;
    if (next.done) break;
    first.push(next.value);
    text += Buffer.from(next.value.subarray(0, SNIFFED_CHARACTERS)).toString();
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* first.splice(0);
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      yield next.value;
    }
  }
  return { chunks: chunks(), text };
}

function readHar(chunks: AsyncIterable<Uint8Array>, limits: ReadLimits): FileReading {
  const entries = new HarEntries(HEAD_BYTES + limits.bodyBytesMax * 2);
  let hasEntries = false;
  async function* items(): AsyncGenerator<ReadItem> {
    for await (const item of entries.read(chunks)) {
      hasEntries = true;
      yield refusing(item, (bytes) => readHarEntry(bytes, limits));
    }
  }
  return {
    format: "har",
    items: items(),
    isWhole: () => entries.isWhole,
    isKnown: () => hasEntries || entries.isWhole,
  };
}

function readNdjson(chunks: AsyncIterable<Uint8Array>, limits: ReadLimits): FileReading {
  let hasBegin = false;
  let hasEnd = false;
  async function* items(): AsyncGenerator<ReadItem> {
    const bytesMax = HEAD_BYTES + Math.ceil(limits.bodyBytesMax / 3) * 4;
    for await (const item of linesOf(chunks, bytesMax)) {
      const read = refusing(item, (bytes) => {
        const line = readNdjsonLine(bytes, limits);
        hasBegin ||= line.kind === "begin";
        hasEnd = line.kind === "end";
        return line.kind === "request" ? line.read : null;
      });
      if (read) yield read;
    }
  }
  return {
    format: "ndjson",
    items: items(),
    isWhole: () => (hasBegin || hasEnd ? hasEnd : null),
    isKnown: () => hasBegin || hasEnd,
  };
}

/** Reads an item, or says why it can't be. */
function refusing(item: FileItem, read: (bytes: Buffer) => ReadRequest): ReadItem;
function refusing(item: FileItem, read: (bytes: Buffer) => ReadRequest | null): ReadItem | null;
function refusing(item: FileItem, read: (bytes: Buffer) => ReadRequest | null): ReadItem | null {
  const { place } = item;
  if ("refusal" in item) return item;
  try {
    const request = read(item.bytes);
    return request && { place, read: request };
  } catch (error) {
    if (error instanceof Refusal) return { place, refusal: error.message };
    throw error;
  }
}
