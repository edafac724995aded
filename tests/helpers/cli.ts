import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { until } from "./until.ts";

export const CLI_FILE = path.resolve(import.meta.dirname, "../../dist/hooklens.mjs");

type Options = {
  /** The bin's key, for HOOKLENS_KEY. */
  key?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** The Node that runs it; else the oldest one. */
  node?: string;
  /** What it reads from its standard input. */
  input?: string;
};

/** A `hooklens` process, as a person starts one. */
export type Cli = {
  pid: number;
  /** All that it has printed, on stdout and on stderr. */
  out(): string;
  err(): string;
  /** Waits until its stdout holds this. */
  says(what: string | RegExp, ms?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
};

/** The oldest Node on this machine that the command must run on: 20 where there is one, else the tests' own. */
export const cliNode = findNode();

const folders = new Set<string>();
const running = new Set<ChildProcess>();

/** A folder that is gone at the end of the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-cli-"));
  folders.add(folder);
  return folder;
}

/** Ends what a test file has left. */
export function endClis(): void {
  for (const child of running) signalGroup(child, "SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Where a process without a home of its own looks for keys: nowhere that another test knows. */
const emptyHome = () => temporaryFolder();

export function startCli(args: string[], options: Options = {}): Cli {
  const { key, env = {}, cwd = emptyHome(), node = cliNode, input } = options;
  return startProcess(node, [CLI_FILE, ...args], {
    cwd,
    input,
    env: {
      PATH: process.env["PATH"],
      HOME: cwd,
      XDG_CONFIG_HOME: path.join(cwd, "config"),
      ...(key ? { HOOKLENS_KEY: key } : {}),
      ...env,
    },
  });
}

type Process = { cwd: string; env: Record<string, string | undefined>; input?: string | undefined };

export function startProcess(command: string, args: string[], { cwd, env, input }: Process): Cli {
  const child = spawn(command, args, {
    cwd,
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, as a terminal makes one: a signal reaches what the command has started too.
    detached: true,
    env: { NODE_ENV: "production", ...env },
  });
  running.add(child);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
  const ended = once(child, "close").then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const cli: Cli = {
    pid: child.pid ?? 0,
    out: () => out.join(""),
    err: () => err.join(""),
    kill: (signal) => signalGroup(child, signal),
    ended,
    says: async (what, ms = 15_000) => {
      const isSaid = () =>
        typeof what === "string" ? cli.out().includes(what) : what.test(cli.out());
      await until(() => isSaid() || child.exitCode !== null, `hooklens to say ${what}`, ms).catch(
        (error) => {
          throw new Error(`${String(error)}\n${cli.out()}\n${cli.err()}`);
        },
      );
      if (!isSaid()) throw new Error(`It ended without ${what}:\n${cli.out()}\n${cli.err()}`);
    },
  };
  return cli;
}

/** Runs it to its end. */
export async function runCli(args: string[], options: Options = {}) {
  const cli = startCli(args, options);
  const code = await cli.ended;
  return { code, out: cli.out(), err: cli.err() };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}

function findNode(): string {
  const folders = [
    "/usr/bin",
    "/usr/local/bin",
    ...(process.env["PATH"] ?? "").split(path.delimiter),
  ];
  const found = folders.map((folder) => path.join(folder, "node")).filter(existsSync);
  return found.find((node) => versionOf(node).startsWith("v20.")) ?? process.execPath;
}

function versionOf(node: string): string {
  try {
    return execFileSync(node, ["--version"], { encoding: "utf8" });
  } catch {
    return "";
  }
}
