import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { StartError } from "../start-error.ts";
import { type Account, asAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** Milliseconds that each way of ending a postmaster gets: finish at once, drop everything, die. */
const ENDINGS = [
  { mode: "fast", signal: "SIGINT", patienceMs: 10_000 },
  { mode: "immediate", signal: "SIGQUIT", patienceMs: 3_000 },
  { mode: "immediate", signal: "SIGKILL", patienceMs: 3_000 },
] as const;

/** A killed process whose parent has not yet taken note of it; in a container without an init that may never happen. */
const ZOMBIE_PATIENCE_MS = 3_000;

type Holder = "nobody" | "zombie" | "postmaster" | "stranger";

/**
 * Ends the Postgres that a killed server left running on this data. The caller holds the lock of the data folder, so no
 * living server uses it. Also removes a postmaster.pid that would wrongly stop the next start: one whose process is dead
 * but still listed, or whose number belongs to another program by now (process ids start anew in each container).
 */
export async function endLeftover(
  data: string,
  account: Account,
  binaries: Binaries,
  log: Log,
): Promise<void> {
  const pidFile = path.join(data, "postmaster.pid");
  const pid = readPid(pidFile);
  if (pid === null) return;
  const holder = await settledHolder(pid, data);
  if (holder === "postmaster") {
    log.warn({ pid }, "the last server was killed and left its database running: stopping it");
    await endPostmaster(pid, data, account, binaries);
  } else if (holder !== "nobody") {
    rmSync(pidFile, { force: true });
  }
}

function readPid(pidFile: string): number | null {
  try {
    return Number(readFileSync(pidFile, "utf8").split("\n", 1)[0]) || null;
  } catch {
    return null;
  }
}

async function settledHolder(pid: number, data: string): Promise<Holder> {
  const deadline = Date.now() + ZOMBIE_PATIENCE_MS;
  let holder = holderOf(pid, data);
  while (holder === "zombie" && Date.now() < deadline) {
    await sleep(50);
    holder = holderOf(pid, data);
  }
  return holder;
}

function holderOf(pid: number, data: string): Holder {
  if (!isAlive(pid)) return "nobody";
  if (process.platform === "linux") return linuxHolder(pid, data);
  if (process.platform === "win32") return "postmaster"; // pg_ctl looks for itself.
  const [state = "", command = ""] = psLine(pid);
  if (state.startsWith("Z")) return "zombie";
  return command.includes("postgres") && command.includes(data) ? "postmaster" : "stranger";
}

/** A postmaster works in its data folder, whatever the path was by which it was started. */
function linuxHolder(pid: number, data: string): Holder {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    if (stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z")) return "zombie";
    const [folder, ours] = [statSync(`/proc/${pid}/cwd`), statSync(data)];
    return folder.dev === ours.dev && folder.ino === ours.ino ? "postmaster" : "stranger";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "ESRCH" ? "nobody" : "stranger";
  }
}

function psLine(pid: number): string[] {
  try {
    const line = execFileSync("ps", ["-o", "stat=,command=", "-p", String(pid)], {
      encoding: "utf8",
    });
    return line.trim().split(/\s+(.*)/s);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Asks a postmaster to end, ever more firmly, until it is gone.
 * @throws StartError when it outlives even SIGKILL (a stuck disk).
 */
export async function endPostmaster(
  pid: number,
  data: string,
  account: Account,
  binaries: Binaries,
): Promise<void> {
  for (const { mode, signal, patienceMs } of ENDINGS) {
    ask(pid, mode, signal, data, account, binaries);
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const holder = holderOf(pid, data);
      if (holder !== "postmaster") return;
      await sleep(10);
    }
  }
  throw new StartError(
    `Postgres (process ${pid}) on ${data} does not end. Look at that process, then start again.`,
  );
}

function ask(
  pid: number,
  mode: string,
  signal: NodeJS.Signals,
  data: string,
  account: Account,
  binaries: Binaries,
): void {
  try {
    // Windows has no signals: Node would end the process without a word, and the next start would have to recover.
    if (process.platform === "win32") {
      execFileSync(binaries.pgCtl, ["stop", "-D", data, "-m", mode, "-W"], asAccount(account));
    } else process.kill(pid, signal);
  } catch {
    // Gone already: the caller looks.
  }
}
