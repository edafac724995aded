import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** For a machine that is busy; a server that ends before is noticed at once. */
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 60_000;
const POLL_MS = 25;
/** The last line of what a server prints once it listens. */
const GREETING = "  Stop ";
/** The suite starts a hundred servers: what V8 compiled for one is there for the next. */
export const COMPILE_CACHE = path.join(os.tmpdir(), "hooklens-compile-cache");

type Options = {
  env?: Record<string, string>;
  /** An outside database; without it the server brings its own in `dataDir`. */
  databaseUrl?: string;
  dataDir?: string;
  /** Where it listens. */
  address?: string;
};

export type TestServer = {
  origin: string;
  port: number;
  pid: number;
  /** Sends a signal and, for one that ends it, waits until it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** As an operator stops it: SIGTERM. */
  stop(): Promise<void>;
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null;
  /** All that it has printed. */
  output(): string;
};

const running = new Set<TestServer>();

/**
 * Starts `node server.ts` as a child process on a free port and waits until it takes captures.
 * @throws with its output when it ends before.
 */
export async function startServer({
  env = {},
  databaseUrl,
  dataDir,
  address = "127.0.0.1",
}: Options): Promise<TestServer> {
  if (!existsSync(path.join(ROOT, ".next/BUILD_ID"))) throw new Error("Run `npm run build` first.");
  const port = env["PORT"] ? Number(env["PORT"]) : await freePort();
  const child = spawn(process.execPath, ["server.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      NODE_ENV: "production",
      HOST: address,
      LOG_LEVEL: "warn",
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...(dataDir ? { DATA_DIR: dataDir } : {}),
      ...env,
      PORT: String(port),
    },
  });
  const output = collectOutput(child);
  const ended = once(child, "exit");
  let isToEnd = false;
  child.once("exit", (code, signal) => {
    if (!isToEnd) console.error(`A server ended by itself (${code ?? signal}):\n${output()}`);
  });
  const kill = async (signal: NodeJS.Signals) => {
    isToEnd ||= signal !== "SIGSTOP" && signal !== "SIGCONT";
    child.kill(signal);
    if (signal === "SIGSTOP" || signal === "SIGCONT") return;
    await within(STOP_MS_MAX, ended, () => `The server did not end after ${signal}:\n${output()}`);
  };
  const server: TestServer = {
    origin: `http://${address}:${port}`,
    port,
    pid: child.pid ?? 0,
    kill,
    stop: async () => {
      running.delete(server);
      if (child.exitCode === null && child.signalCode === null) await kill("SIGTERM");
    },
    exitCode: () => child.exitCode,
    output,
  };
  running.add(server);
  await untilHealthy(server.origin, child, output);
  return server;
}

/** For the end of a test file or run. */
export async function stopAllServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

function collectOutput(child: ChildProcess): () => string {
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (piece: string) => pieces.push(piece));
  }
  return () => pieces.join("");
}

/** A server says when it listens: until then nobody need ask. */
async function untilGreeted(child: ChildProcess, output: () => string): Promise<void> {
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(START_MS_MAX)]);
  while (child.stdout && !output().includes(GREETING) && !signal.aborted)
    await once(child.stdout, "data", { signal }).catch(() => undefined);
}

async function untilHealthy(
  origin: string,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + START_MS_MAX;
  await untilGreeted(child, output);
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const status = await fetch(`${origin}/api/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(POLL_MS);
  }
  child.kill("SIGKILL");
  throw new Error(`The server did not start:\n${output()}`);
}

async function within<T>(ms: number, promise: Promise<T>, message: () => string): Promise<T> {
  const limit = new AbortController();
  const late = sleep(ms, null, { signal: limit.signal }).then(
    () => Promise.reject(new Error(message())),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    limit.abort();
  }
}

export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
