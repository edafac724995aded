import { v7 as uuidv7 } from "uuid";
import {
  type Environment,
  type EnvironmentPut,
  ENVIRONMENTS_MAX,
  type Variable,
} from "../contract/scenarios.ts";
import { VARIABLE_NAME } from "../contract/scenario-limits.ts";
import { HooklensError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { KeptVariable } from "../store/variables.ts";
import { noSecretKey } from "./no-secret-key.ts";
import type { Sealer } from "./sealer.ts";

type Parts = { store: Pick<Store, "variables">; sealer: Sealer | null };

/** What a run works with. */
export type OpenedEnvironment = { variables: Map<string, string>; secrets: string[] };

export type Environments = ReturnType<typeof createEnvironments>;

/** The variables of a bin's environments: secret ones are sealed on their way into the table, and opened for a run only. */
export function createEnvironments({ store, sealer }: Parts) {
  async function list(binId: string): Promise<Environment[]> {
    const byName = Map.groupBy(await store.variables.list(binId), ({ environment }) => environment);
    return [...byName].map(([name, kept]) => ({ name, variables: kept.map(shown) }));
  }

  /**
   * Puts these variables in the place of those that there are; a secret one without a value keeps what it has.
   * @throws no_secret_key, invalid_fields, too_many_scenarios, bin_gone
   */
  async function put(binId: string, name: string, input: EnvironmentPut): Promise<Environment> {
    if (!VARIABLE_NAME.test(name))
      throw invalid("?name", "Letters, digits, - and _, a letter first");
    const all = await store.variables.list(binId);
    const before = all.filter(({ environment }) => environment === name);
    refuseDoubles(input);
    const variables = input.variables.map((given, index): KeptVariable => {
      const id = uuidv7();
      const named = { id, environment: name, name: given.name };
      if (!given.secret) return { ...named, value: given.value ?? "", sealed: null };
      if (!sealer) throw noSecretKey();
      if (given.value !== undefined) {
        return { ...named, value: null, sealed: sealer.seal(given.value, { binId, rowId: id }) };
      }
      const kept = before.find((one) => one.name === given.name && one.sealed !== null);
      if (!kept) throw invalid(`/variables/${index}/value`, "No value of it is kept yet");
      return kept;
    });
    const check = sealer && variables.some(({ sealed }) => sealed !== null) ? sealer.check() : null;
    const outcome = await store.variables.replace(binId, name, {
      variables,
      check,
      environmentsMax: ENVIRONMENTS_MAX,
    });
    if (outcome === "gone") throw new HooklensError("bin_gone", "It was deleted or has expired.");
    if (outcome === "full") {
      throw new HooklensError(
        "too_many_scenarios",
        `A bin has ${ENVIRONMENTS_MAX} environments at most. Remove one that is not used any more.`,
      );
    }
    return { name, variables: variables.map(shown) };
  }

  /** @throws environment_not_found */
  async function remove(binId: string, name: string): Promise<void> {
    if (!(await store.variables.remove(binId, name))) throw notFound();
  }

  /** @throws environment_not_found */
  async function open(binId: string, name: string): Promise<OpenedEnvironment> {
    const all = await store.variables.list(binId);
    const own = all.filter(({ environment }) => environment === name);
    if (own.length === 0) throw notFound();
    const values = own.map((kept) => [kept.name, valueOf(binId, kept)] as const);
    const secrets = values.flatMap(([, value], place) => (own[place]?.sealed ? [value] : []));
    return { variables: new Map(values), secrets };
  }

  function valueOf(binId: string, { id, name, value, sealed }: KeptVariable): string {
    if (!sealed) return value ?? "";
    const opened = sealer?.open(sealed, { binId, rowId: id }) ?? null;
    if (opened !== null) return opened;
    throw new HooklensError(
      "no_secret_key",
      `The variable ${name} can't be opened: is SECRET_KEY still the one that sealed it? Set its value anew.`,
    );
  }

  return { list, put, remove, open };
}

const shown = ({ name, value, sealed }: KeptVariable): Variable => ({
  name,
  value,
  secret: sealed !== null,
});

function refuseDoubles({ variables }: EnvironmentPut): void {
  for (const [index, { name }] of variables.entries()) {
    if (variables.findIndex((other) => other.name === name) < index) {
      throw invalid(`/variables/${index}/name`, "This name is here twice");
    }
  }
}

const notFound = () =>
  new HooklensError("environment_not_found", "It has no variables, or its name is misspelt.");

const invalid = (pointer: string, detail: string) =>
  new HooklensError("invalid_fields", `See "errors": ${pointer}.`, {
    errors: [{ pointer, detail }],
  });
