import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataDir } from "./data-dir.ts";
import { freePort, startServer, type TestServer } from "./server.ts";

export type Blow =
  /** SIGKILL to the server; its database lives on without it until the next start. */
  | "process"
  /** SIGKILL to the embedded Postgres; the server lives on. */
  | "database"
  | "both"
  /** SIGSTOP for some seconds: a machine that swaps, sleeps or is moved. */
  | "stopped process"
  | "stopped database";

/** The server that is struck, and its database, over all restarts. */
export class StruckServer {
  readonly #dataDir: DataDir;
  readonly #port: number;
  server: TestServer;

  private constructor(dataDir: DataDir, port: number, server: TestServer) {
    this.#dataDir = dataDir;
    this.#port = port;
    this.server = server;
  }

  get databaseUrl(): string {
    return this.#dataDir.databaseUrl;
  }

  static async start(dataDir: DataDir): Promise<StruckServer> {
    const port = await freePort();
    return new StruckServer(dataDir, port, await startOn(dataDir, port));
  }

  /**
   * Resolves when the server is started again, or goes on; whether it takes captures is for the caller to see.
   * Answers the milliseconds that it was held stopped.
   */
  async strike(blow: Blow, stopMs: number): Promise<number> {
    if (blow === "stopped process") return stopFor(stopMs, [this.server.pid]);
    if (blow === "stopped database") return stopFor(stopMs, withChildren(this.#postmaster()));
    if (blow !== "process") process.kill(this.#postmaster(), "SIGKILL");
    if (blow !== "database") await this.#killProcess();
    return 0;
  }

  async #killProcess(): Promise<void> {
    await this.server.kill("SIGKILL");
    this.server = await startOn(this.#dataDir, this.#port);
  }

  #postmaster(): number {
    const pid = this.#dataDir.postmaster;
    if (pid === null) throw new Error("no database runs");
    return pid;
  }
}

function startOn(dataDir: DataDir, port: number): Promise<TestServer> {
  const env = {
    PORT: String(port),
    MAX_REQUESTS_PER_BIN: "0",
    MAX_BYTES_PER_BIN: "0",
    LOG_LEVEL: "error",
  };
  return startServer({ dataDir: dataDir.path, env });
}

export async function stopFor(ms: number, pids: readonly number[]): Promise<number> {
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids) signalIfAlive(pid, name);
  };
  signal("SIGSTOP");
  await sleep(ms);
  signal("SIGCONT");
  return ms;
}

/** A database that is being restarted has children that end by themselves. */
function signalIfAlive(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** A process and those that it started (Linux). */
function withChildren(parent: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = pids.filter((pid) => parentOf(pid) === parent);
  return [parent, ...children.map(Number)];
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // It has ended.
  }
}
