import type { ScenarioFile, Variable } from "#lib/contract/scenarios.ts";
import { VARIABLE_NAME } from "#lib/contract/scenario-limits.ts";
import type { BinAccess } from "../bin-access.ts";
import { usageError } from "../exit.ts";
import type { Io } from "../io.ts";

const SECRET_PREFIX = "HOOKLENS_VAR_";

type Given = {
  access: BinAccess;
  io: Io;
  /** The environment that was asked for. */
  env: string | undefined;
  /** `--var`, each NAME=VALUE. */
  var: readonly string[];
};

export type Variables = { variables: Map<string, string>; secrets: string[] };

/**
 * What the bin keeps for the environment that was asked for.
 * @throws CliError usage: neither it nor one of the scenarios has one of this name
 */
export async function readKept(
  scenarios: readonly ScenarioFile[],
  { env, access }: Pick<Given, "env" | "access">,
): Promise<Variable[]> {
  if (env === undefined) return [];
  const { items } = await access.client.environments(access.bin);
  const kept = items.find(({ name }) => name === env);
  const written = scenarios.flatMap(({ environments }) => Object.keys(environments ?? {}));
  if (kept || written.includes(env)) return kept?.variables ?? [];
  const known = new Set([...written, ...items.map(({ name }) => name)]);
  const there = known.size === 0 ? "there is none" : `there is ${[...known].join(", ")}`;
  throw usageError(`Neither the file nor the bin has an environment ${env}: ${there}.`);
}

/**
 * What a run fills in: the file's own, over them the plain ones that the bin keeps, the arguments', and those of this
 * process' environment, which are secret.
 * @throws CliError usage: no NAME=VALUE
 */
export function variablesOf(
  scenario: ScenarioFile,
  kept: readonly Variable[],
  { env, io, var: given }: Given,
): Variables {
  const written = env === undefined ? undefined : scenario.environments?.[env];
  const secret = secretsOf(io);
  const variables = new Map([
    ...Object.entries(written ?? {}).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ...kept.flatMap(({ name, value }): [string, string][] =>
      value === null ? [] : [[name, value]],
    ),
    ...given.map(readVariable),
    ...secret,
  ]);
  tellSealed(scenario, kept, variables, io);
  return { variables, secrets: secret.map(([, value]) => value) };
}

const secretsOf = ({ env }: Io): [string, string][] =>
  Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith(SECRET_PREFIX) && value ? [[name.slice(SECRET_PREFIX.length), value]] : [],
  );

function readVariable(text: string): [string, string] {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(at, 0));
  if (!VARIABLE_NAME.test(name)) {
    throw usageError(
      `--var is NAME=VALUE, the name of letters, digits, - and _, not "${at < 0 ? text : name}".`,
    );
  }
  return [name, text.slice(at + 1)];
}

/** The bin never gives them out, so the step that needs one would only say that it is not there. */
function tellSealed(
  { steps }: ScenarioFile,
  kept: readonly Variable[],
  variables: ReadonlyMap<string, string>,
  io: Io,
): void {
  const text = JSON.stringify(steps);
  for (const { name, secret } of kept) {
    if (!secret || variables.has(name) || !text.includes(`{{${name}}}`)) continue;
    io.note(`${name} is secret, and the bin never gives it out: set ${SECRET_PREFIX}${name}.`);
  }
}
