/** Durable capture against a bare HTTP server, and against the same rows without HTTP, in interleaved rounds. */

import { io, type Socket } from "socket.io-client";
import type { BinMinted } from "#lib/contract/bins.ts";
import { LIVE_NAMESPACE, SOCKET_PATH } from "#lib/contract/events.ts";
import { familyCpuUs, processCpuUs } from "./cpu.ts";
import type { Load, LoadResult, RowsLoad } from "./load.ts";
import { type Running, runScript, startBare, startHooklens } from "./processes.ts";
import { median, printTable } from "./table.ts";

type Case = { name: string; bodyBytes: number; connections: number; watched: boolean };
type Round = {
  bare: LoadResult;
  rows: LoadResult;
  full: LoadResult;
  nodeUs: number;
  postgresUs: number;
};
type Hooklens = Awaited<ReturnType<typeof startHooklens>>;

const cases: Case[] = [
  { name: "1 KB x 1", bodyBytes: 1000, connections: 1, watched: false },
  { name: "1 KB x 64", bodyBytes: 1000, connections: 64, watched: false },
  { name: "100 KB x 16", bodyBytes: 100_000, connections: 16, watched: false },
  { name: "1 KB x 64, watched", bodyBytes: 1000, connections: 64, watched: true },
];

export async function benchCapture(rounds: number, seconds: number): Promise<void> {
  const hooklens = await startHooklens();
  const bare = await startBare();
  try {
    const results = new Map<Case, Round[]>(cases.map((each) => [each, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const each of cases) {
        const result = await playRound(each, bare, hooklens, seconds);
        // The first round warms up the three of them.
        if (round > 0) results.get(each)?.push(result);
      }
      console.error(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    }
    print(results);
  } finally {
    await hooklens.stop();
    await bare.stop();
  }
}

async function playRound(
  each: Case,
  bare: Running,
  hooklens: Hooklens,
  seconds: number,
): Promise<Round> {
  const bin = await hooklens.mint();
  const { bodyBytes, connections } = each;
  const load = (port: number): Load => ({
    port,
    path: `/in/${bin.id}`,
    bodyBytes,
    connections,
    seconds,
  });
  const rowsLoad: RowsLoad = {
    url: hooklens.databaseUrl,
    binId: bin.id,
    bodyBytes,
    connections,
    seconds,
  };
  const bareResult = await runScript<LoadResult>("load-generator.ts", load(bare.port));
  const rows = await runScript<LoadResult>("rows-only.ts", rowsLoad);
  const watcher = each.watched ? await watch(hooklens.port, bin) : null;
  const nodeBefore = processCpuUs(hooklens.pid);
  const familyBefore = familyCpuUs(hooklens.pid);
  const full = await runScript<LoadResult>("load-generator.ts", load(hooklens.port));
  const nodeUs = processCpuUs(hooklens.pid) - nodeBefore;
  const postgresUs = familyCpuUs(hooklens.pid) - familyBefore - nodeUs;
  watcher?.close();
  return {
    bare: bareResult,
    rows,
    full,
    nodeUs: nodeUs / full.requests,
    postgresUs: postgresUs / full.requests,
  };
}

/** A client on the live socket, as a browser's page is. */
function watch(port: number, bin: BinMinted): Promise<Socket> {
  const socket = io(`http://localhost:${port}${LIVE_NAMESPACE}`, {
    path: SOCKET_PATH,
    transports: ["websocket"],
    auth: { bin: bin.id, key: bin.key },
  });
  return new Promise((resolve, reject) => {
    socket.once("requests", () => resolve(socket));
    socket.once("connect_error", reject);
  });
}

function print(results: Map<Case, Round[]>): void {
  const of = (rounds: Round[], value: (round: Round) => number) => median(rounds.map(value));
  printTable(
    [
      "medians",
      "bare/s",
      "rows/s",
      "capture/s",
      "of bare",
      "of rows",
      "p50 ms",
      "p99 ms",
      "Node us",
      "Postgres us",
      "generator us",
      "bare p50",
      "refused",
    ],
    [...results].map(([each, rounds]) => [
      each.name,
      of(rounds, (round) => round.bare.perSecond).toFixed(0),
      of(rounds, (round) => round.rows.perSecond).toFixed(0),
      of(rounds, (round) => round.full.perSecond).toFixed(0),
      of(rounds, (round) => round.full.perSecond / round.bare.perSecond).toFixed(2),
      of(rounds, (round) => round.full.perSecond / round.rows.perSecond).toFixed(2),
      of(rounds, (round) => round.full.p50Ms).toFixed(2),
      of(rounds, (round) => round.full.p99Ms).toFixed(2),
      of(rounds, (round) => round.nodeUs).toFixed(0),
      of(rounds, (round) => round.postgresUs).toFixed(0),
      of(rounds, (round) => round.full.cpuUs).toFixed(0),
      of(rounds, (round) => round.bare.p50Ms).toFixed(2),
      rounds.reduce((sum, round) => sum + round.full.refused + round.rows.refused, 0),
    ]),
  );
}
