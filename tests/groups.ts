import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newlyReapedCpuSeconds } from "./helpers/reaped-cpu.ts";

/** What a group came to. A group that is one check (types, lint, build) counts as one test. */
export type Result = {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Of the processor, over all processes of the group that have ended. */
  cpuSeconds: number;
};

/** Node's arguments: a package's command, by name, or a file of ours. */
type Command =
  | { bin: string; package?: string; args?: string[] }
  | { file: string; args?: string[] };

type Report = "vitest" | "playwright";

export type Group = { name: string; commands: Command[]; report?: Report };

/** Where what a group prints goes. */
type Print = (text: string | Uint8Array) => void;

const ROOT = path.resolve(import.meta.dirname, "..");
const REPORTS = path.join(ROOT, "test-results");
const GROUP_MS_MAX = 20 * 60_000;
/** Biome colours what goes into a file or a pipe as well, unless told not to. */
const COLOUR = { NO_COLOR: "1" };
/** For what is left of a child's output once it has ended: a process that it left behind may hold its pipe open. */
const DRAIN_MS_MAX = 2_000;
const require = createRequire(import.meta.url);

/**
 * Runs a group's commands one after the other, as child processes. What they print is shown when the group ends, in one
 * piece: other groups may run beside it.
 */
export async function runGroup(group: Group): Promise<Result> {
  const pieces: Uint8Array[] = [];
  const result = await runCommands(group, (text) => void pieces.push(Buffer.from(text)));
  process.stdout.write(`\n== ${group.name}\n${Buffer.concat(pieces).toString()}`);
  return result;
}

async function runCommands({ name, commands, report }: Group, print: Print): Promise<Result> {
  const startedAt = Date.now();
  const reportFile = path.join(REPORTS, `${name}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(reportFile, { force: true });
  let ok = true;
  let cpuSeconds = 0;
  for (const command of commands) {
    if (!ok) break;
    ok = await runCommand(command, reportFile, print);
    cpuSeconds += newlyReapedCpuSeconds();
  }
  const counts = report ? readCounts(report, reportFile) : { passed: 0, failed: 0, skipped: 0 };
  if (!report && ok) counts.passed = 1;
  // A failure that no test stands for: a check, a file that can't be loaded, a run that broke off.
  if (!ok && counts.failed === 0) counts.failed = 1;
  return { name, ...counts, cpuSeconds, seconds: (Date.now() - startedAt) / 1000 };
}

async function runCommand(command: Command, reportFile: string, print: Print): Promise<boolean> {
  const script = "file" in command ? path.join(ROOT, command.file) : scriptOf(command);
  const child = spawn(process.execPath, [script, ...(command.args ?? [])], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...COLOUR, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
  });
  child.stdout.on("data", print);
  child.stderr.on("data", print);
  const limit = setTimeout(() => giveUp(child, print), GROUP_MS_MAX);
  const closed = once(child, "close");
  const [code] = (await once(child, "exit")) as [number | null];
  clearTimeout(limit);
  await Promise.race([closed, sleep(DRAIN_MS_MAX, null, { ref: false })]);
  return code === 0;
}

function giveUp(child: ChildProcess, print: Print): void {
  print(`Not done after ${GROUP_MS_MAX / 60_000} minutes: ended.\n`);
  child.kill("SIGKILL");
}

function scriptOf({ bin, package: name = bin }: { bin: string; package?: string }): string {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin: bins } = require(manifest) as { bin: string | Record<string, string> };
  return path.join(path.dirname(manifest), typeof bins === "string" ? bins : (bins[bin] ?? bin));
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number };
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
};

function readCounts(report: Report, file: string) {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return report === "vitest"
      ? vitestCounts(read as VitestReport)
      : browserCounts(read as PlaywrightReport);
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // It broke off before its report.
  }
}

const vitestCounts = (report: VitestReport) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests,
});

/** One that passes at the second try has passed; Playwright's own report names it as flaky. */
const browserCounts = ({ stats }: PlaywrightReport) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
});

const vitest = (project: string, file: string): Group => ({
  name: project,
  report: "vitest",
  commands: [
    {
      bin: "vitest",
      args: [
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ],
    },
  ],
});

const prepare = (...args: string[]): Command => ({ file: "lib/build/prepare.ts", args });

export const FORMAT: Group = {
  name: "format",
  commands: [{ bin: "biome", package: "@biomejs/biome", args: ["format", "."] }],
};
export const LINT: Group = {
  name: "lint",
  commands: [
    {
      bin: "oxlint",
      args: ["--type-aware", "--report-unused-disable-directives", "--deny-warnings"],
    },
  ],
};
export const TYPES: Group = {
  name: "types",
  commands: [
    prepare("--client-only"),
    { bin: "next", args: ["typegen"] },
    { bin: "tsc", package: "typescript", args: ["--noEmit", "-p", "."] },
  ],
};
export const BUILD: Group = { name: "build", commands: [prepare()] };
export const UNIT = vitest("unit", path.join(REPORTS, "unit.json"));
const judged = vitest("oracles", path.join(REPORTS, "oracles.json"));
export const ORACLES: Group = {
  ...judged,
  commands: [{ file: "tests/oracles/install.ts" }, ...judged.commands],
};
export const SERVER = vitest("server", path.join(REPORTS, "server.json"));
export const BROWSER: Group = {
  name: "browser",
  report: "playwright",
  commands: [
    { file: "tests/install-chromium.ts" },
    { bin: "playwright", package: "@playwright/test", args: ["test", "--reporter=list,json"] },
  ],
};
