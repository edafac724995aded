import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { type Account, asAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Cluster } from "./cluster.ts";
import { postgresSettings } from "./settings.ts";

/** Why a postmaster ended before it was ready. */
export class PostmasterError extends Error {
  /** It may work when tried again in a moment: what a killed predecessor held is not free yet. */
  readonly passing: boolean;
  readonly portTaken: boolean;

  constructor(output: string[]) {
    const text = output.join("\n");
    super(
      output.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? (text || "it said nothing"),
    );
    this.passing = /postmaster\.pid|pre-existing shared memory block/.test(text);
    this.portTaken = /Address already in use|could not create any TCP\/IP sockets/.test(text);
  }
}

const LINES_KEPT = 20;
const POLL_MS = 5;
const SLOW_START_MS = 3_000;

/**
 * Starts Postgres on a cluster and waits until it takes connections, however long it needs to recover from a crash.
 * @throws PostmasterError when it ends before.
 */
export async function startPostmaster(
  cluster: Cluster,
  account: Account,
  binaries: Binaries,
  log: Log,
): Promise<ChildProcess> {
  const settings = Object.entries(postgresSettings(cluster.port));
  const child = spawn(
    binaries.postgres,
    ["-D", cluster.data, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // A session of its own: Ctrl-C at the terminal must not stop the database while the server still drains.
    { ...asAccount(account), stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  const output = keepOutput(child, log);
  const failed = once(child, "error").then(([error]) => Promise.reject(error as Error));
  const ended = once(child, "close").then(() => Promise.reject(new PostmasterError(output)));
  const ready = new AbortController();
  try {
    await Promise.race([failed, ended, untilReady(cluster.data, child.pid, ready.signal, log)]);
    return child;
  } finally {
    ready.abort();
    for (const promise of [failed, ended]) promise.catch(() => undefined);
  }
}

function keepOutput(child: ChildProcess, log: Log): string[] {
  const output: string[] = [];
  if (!child.stderr) return output;
  createInterface({ input: child.stderr }).on("line", (line) => {
    output.push(line);
    if (output.length > LINES_KEPT) output.shift();
    log.debug({ line }, "postgres");
  });
  return output;
}

/** Postgres writes its state into the eighth line of postmaster.pid, which is also what pg_ctl waits for. */
async function untilReady(
  data: string,
  pid: number | undefined,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const slow = setTimeout(() => log.warn("the database is recovering from a crash"), SLOW_START_MS);
  try {
    while (!signal.aborted && !isReady(data, pid)) await sleep(POLL_MS);
  } finally {
    clearTimeout(slow);
  }
}

function isReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false; // Not written yet.
  }
}
