import { statSync, writeFileSync } from "node:fs";
import { ApiError } from "#lib/contract/calls.ts";
import type { RunReport, ScenarioFile } from "#lib/contract/scenarios.ts";
import { SCENARIO_SOURCE_CHARACTERS_MAX } from "#lib/contract/scenario-limits.ts";
import { messageOf } from "#lib/message-of.ts";
import { runScenario } from "#lib/scenarios/run.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError, Exit, type ExitCode, usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { findSecrets } from "../signing/local-secrets.ts";
import { createResign } from "../signing/resign.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { localHands } from "./hands.ts";
import { toJunit } from "./junit.ts";
import { headLine, stepLines, sumLine } from "./lines.ts";
import { readKept, variablesOf } from "./variables.ts";

type Running = {
  access: BinAccess;
  io: Io;
  read: (file: string) => string;
  env: string | undefined;
  var: string[];
  junit: string | undefined;
  resign: boolean;
  config: string | undefined;
  json: boolean;
  quiet: boolean;
};

/** Runs one scenario after the other from this machine. Exit code 10 when something was not as expected. */
export async function runScenarios(names: readonly string[], running: Running): Promise<ExitCode> {
  const { io, json, quiet, junit, access, resign, config } = running;
  const secrets = resign ? findSecrets(io.env, config) : null;
  const hands = localHands({
    access,
    resign: secrets && createResign(() => secrets),
    onLine: (line) => io.note(io.errorStyle.dim(line)),
  });
  const reports: RunReport[] = [];
  // Before anything is sent; and what an earlier run left there does not stand for one that breaks off.
  if (junit !== undefined) writeReport(junit, []);
  const scenarios: ScenarioFile[] = [];
  for (const name of names) scenarios.push(await readOne(name, running));
  const kept = await readKept(scenarios, running);
  const environment = running.env ?? null;
  for (const scenario of scenarios) {
    const variables = variablesOf(scenario, kept, running);
    if (!json) io.out(headLine(scenario.name, environment, io));
    const lines = runScenario({
      scenario,
      environment,
      ...variables,
      hands,
      signal: new AbortController().signal,
    });
    for await (const line of lines) {
      if ("run" in line) reports.push(line.run);
      else if (!json && (!quiet || line.report.state === "failed")) {
        for (const text of stepLines(line.report, io)) io.out(text);
      }
    }
  }
  for (const report of reports)
    io.out(json ? jsonLine({ event: "run", ...report }) : sumLine(report, io));
  if (junit !== undefined) writeReport(junit, reports);
  return reports.every(({ passed }) => passed) ? Exit.done : Exit.notAsExpected;
}

function writeReport(file: string, reports: readonly RunReport[]): void {
  try {
    writeFileSync(file, toJunit(reports));
  } catch (error) {
    throw usageError(`The report can't be written: ${messageOf(error)}.`);
  }
}

/** A file, or else one that the bin keeps under this name. @throws CliError usage, notFound */
async function readOne(name: string, { access, read }: Running): Promise<ScenarioFile> {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw usageError(`${name} is a folder: name the files in it.`);
  const source = found ? read(name) : await keptSource(name, access);
  if (source.length > SCENARIO_SOURCE_CHARACTERS_MAX) {
    const most = SCENARIO_SOURCE_CHARACTERS_MAX.toLocaleString("en");
    throw usageError(`${name}: A scenario has at most ${most} characters.`);
  }
  try {
    return await access.client.checkScenario(access.bin, source);
  } catch (error) {
    const [first] = error instanceof ApiError ? error.errors : [];
    if (!first) throw error;
    throw usageError(`${name}: ${first.detail}`);
  }
}

async function keptSource(name: string, { client, bin }: BinAccess): Promise<string> {
  const { items } = await client.scenarios(bin);
  const found = items.find((scenario) => scenario.name === name);
  if (found) return found.source;
  throw new CliError(
    Exit.notFound,
    `There is no file ${name} here, and the bin keeps no scenario of that name.`,
  );
}
