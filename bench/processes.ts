import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { BinMinted } from "#lib/contract/bins.ts";

const root = path.join(import.meta.dirname, "..");
const run = promisify(execFile);

export type Running = { port: number; pid: number; stop(): Promise<void> };

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exited;
}

/**
 * The server as `npm start` runs it, with an embedded Postgres in a folder of its own and the caps off.
 * @param imports modules that are imported ahead of it.
 */
export async function startHooklens(
  imports: readonly string[] = [],
): Promise<Running & { databaseUrl: string; mint(): Promise<BinMinted> }> {
  const port = await freePort();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-bench-"));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(dataDir, 0o711);
  const child = spawn(
    process.execPath,
    [...imports.flatMap((each) => ["--import", each]), "server.ts"],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        MAX_REQUESTS_PER_BIN: "0",
        MAX_BYTES_PER_BIN: "0",
        LOG_LEVEL: "warn",
      },
    },
  );
  await untilHealthy(port, child);
  const home = path.join(dataDir, "postgres");
  const read = (name: string) => readFileSync(path.join(home, name), "utf8").trim();
  return {
    port,
    pid: child.pid ?? 0,
    databaseUrl: `postgresql://hooklens:${read("password")}@127.0.0.1:${read("port")}/postgres`,
    mint: async () => {
      const answer = await fetch(`http://localhost:${port}/api/bins`, { method: "POST" });
      return (await answer.json()) as BinMinted;
    },
    stop: async () => {
      await stopChild(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilHealthy(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error("The server ended at its start.");
    const answer = await fetch(`http://localhost:${port}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error("The server did not become healthy.");
}

export const startBare = (): Promise<Running> => startHttp("bare-server.ts");

/** On a port of its own, as a developer's handler is. */
export const startHandler = (): Promise<Running> => startHttp("timing-handler.ts");

async function startHttp(script: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, script), String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return { port, pid: child.pid ?? 0, stop: () => stopChild(child) };
}

/** Runs one of this folder's scripts with a JSON argument and reads its JSON line. */
export async function runScript<Result>(name: string, argument: object): Promise<Result> {
  const { stdout } = await run(process.execPath, [
    path.join(import.meta.dirname, name),
    JSON.stringify(argument),
  ]);
  return JSON.parse(stdout) as Result;
}
