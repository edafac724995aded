/** What many large requests cost the server's memory on their way into files and back: it must not grow with them. */
import { setTimeout as sleep } from "node:timers/promises";
import { exportFormats } from "#lib/contract/transfer.ts";
import { binFiles } from "#tests/helpers/bin-files.ts";
import { residentMib } from "#tests/helpers/peak-memory.ts";
import { startHooklens } from "./processes.ts";
import { printLoad, printTable } from "./table.ts";

const BODY_BYTES = 256 * 1024;
/** Requests of two bins: both must take the same. */
const SMALL = 200;
const LARGE = 2_000;
const SENDERS = 4;
const SAMPLE_MS = 20;
const MIB = 1024 * 1024;

type Hooklens = Awaited<ReturnType<typeof startHooklens>>;
type Minted = Awaited<ReturnType<Hooklens["mint"]>>;

export async function benchTransfer(): Promise<void> {
  const hooklens = await startHooklens();
  try {
    const bins: [number, Minted][] = [];
    for (const count of [SMALL, LARGE]) {
      const bin = await hooklens.mint();
      await fill(bin.url, count);
      bins.push([count, bin]);
    }
    printLoad();
    const rows: (string | number)[][] = [];
    for (const format of exportFormats) {
      for (const [count, bin] of bins) {
        const read = () => readThrough(hooklens, bin, format);
        rows.push([`export ${format}`, count, ...(await measure(hooklens, read))]);
      }
    }
    for (const [count, from] of bins) {
      const into = await hooklens.mint();
      const copy = () => copyOver(hooklens, from, into);
      rows.push(["export and import ndjson", count, ...(await measure(hooklens, copy))]);
    }
    printTable(["", "requests", "MiB of file", "s", "MiB before", "MiB at most"], rows);
  } finally {
    await hooklens.stop();
  }
}

const files = ({ port }: Hooklens, bin: Minted) => binFiles(`http://localhost:${port}`, bin);

/** Text, so that every format holds it. */
async function fill(url: string, count: number): Promise<void> {
  let left = count;
  const body = `{"text":"${"x".repeat(BODY_BYTES - 11)}"}`;
  const headers = { "Content-Type": "application/json" };
  const sender = async () => {
    while (left-- > 0) await (await fetch(url, { method: "POST", headers, body })).arrayBuffer();
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function readThrough(hooklens: Hooklens, bin: Minted, format: string): Promise<number> {
  const answer = await files(hooklens, bin).get(`?format=${format}`);
  let bytes = 0;
  for await (const piece of answer.body ?? []) bytes += (piece as Uint8Array).length;
  return bytes;
}

async function copyOver(hooklens: Hooklens, from: Minted, into: Minted): Promise<number> {
  const answer = await files(hooklens, from).get("?format=ndjson");
  let bytes = 0;
  const counted = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.length;
        controller.enqueue(piece);
      },
    }),
  );
  if (counted)
    await files(hooklens, into).import(counted as ReadableStream<Uint8Array<ArrayBuffer>>);
  return bytes;
}

async function measure(
  { pid }: Hooklens,
  work: () => Promise<number>,
): Promise<[string, string, number, number]> {
  const before = residentMib(pid);
  let most = before;
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      most = Math.max(most, residentMib(pid));
      await sleep(SAMPLE_MS);
    }
  })();
  const startedAt = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  isOver = true;
  await watch;
  return [(bytes / MIB).toFixed(0), seconds.toFixed(1), before, most];
}
