import { existsSync, writeFileSync } from "node:fs";
import { ApiError } from "#lib/contract/calls.ts";
import type { RunReport, ScenarioFile } from "#lib/contract/scenarios.ts";
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

const SECRET_PREFIX = "HOOKLENS_VAR_";

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
  for (const name of names) {
    const scenario = await readOne(name, running);
    const environment = running.env ?? null;
    if (!json) io.out(headLine(scenario.name, environment, io));
    const lines = runScenario({
      scenario,
      environment,
      ...variablesOf(scenario, running),
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
  if (junit !== undefined) writeFileSync(junit, toJunit(reports));
  return reports.every(({ passed }) => passed) ? Exit.done : Exit.notAsExpected;
}

/** A file, or else one that the bin keeps under this name. @throws CliError usage, notFound */
async function readOne(name: string, { access, read }: Running): Promise<ScenarioFile> {
  const source = existsSync(name) ? read(name) : await keptSource(name, access);
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

/** The file's own, over them the arguments', over them those of this process' environment, which are secret. */
function variablesOf(scenario: ScenarioFile, { env, var: given, io }: Running) {
  const written = env === undefined ? undefined : scenario.environments?.[env];
  if (
    env !== undefined &&
    !written &&
    given.length === 0 &&
    Object.keys(scenario.environments ?? {}).length > 0
  ) {
    throw usageError(
      `${scenario.name} has no environment ${env}: it has ${Object.keys(scenario.environments ?? {}).join(", ")}.`,
    );
  }
  const secret = Object.entries(io.env).flatMap(([name, value]): [string, string][] =>
    name.startsWith(SECRET_PREFIX) && value ? [[name.slice(SECRET_PREFIX.length), value]] : [],
  );
  const variables = new Map([
    ...Object.entries(written ?? {}).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ...given.map(readVariable),
    ...secret,
  ]);
  return { variables, secrets: secret.map(([, value]) => value) };
}

function readVariable(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`--var is NAME=VALUE, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}
