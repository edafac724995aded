import { signingByProvider } from "#lib/providers/signing/by-provider.ts";
import { readDuration } from "../args.ts";
import { didYouMean } from "../did-you-mean.ts";
import { CliError } from "../exit.ts";
import { readFilter } from "./filter.ts";
import { checkOrder, NO_TIMEOUT_MS, type Route, readTarget, TIMEOUT_MS } from "./route.ts";
import { RouteError } from "./route-error.ts";
import { placeOf, readYaml, YamlMistake, type YamlNode } from "#lib/yaml/tree.ts";

/** What hooklens.yml says. */
export type ConfigFile = {
  /** A capture URL. */
  bin: string | null;
  name: string | null;
  routes: Route[];
  /** Signing secrets by their provider's id. */
  secrets: ReadonlyMap<string, string>;
};

const TOP_KEYS = ["bin", "name", "targets", "secrets"];
const TARGET_KEYS = ["match", "to", "exec", "append", "host-header", "insecure", "timeout"];

/** @throws RouteError with the file's name, line and column. */
export const readConfigFile = (text: string, fileName: string): ConfigFile =>
  placed(text, fileName, () => readRoot(readYaml(text)));

/** Only its `secrets`: for commands that send nothing. @throws RouteError */
export const readSecretsOf = (text: string, fileName: string): ReadonlyMap<string, string> =>
  placed(text, fileName, () => readSecrets(readTop(readYaml(text))));

function placed<Result>(text: string, fileName: string, read: () => Result): Result {
  try {
    return read();
  } catch (mistake) {
    if (!(mistake instanceof YamlMistake)) throw mistake;
    const { line, column } = placeOf(text, mistake.at);
    throw new RouteError(`${fileName}:${line}:${column}: ${mistake.message}`);
  }
}

function readRoot(root: YamlNode | null): ConfigFile {
  const fields = readTop(root);
  const targets = fields.get("targets");
  if (targets?.kind !== "list" || targets.items.length === 0) {
    throw new YamlMistake(targets?.at ?? 0, "`targets` is a list with at least one target.");
  }
  const routes = targets.items.map(readRoute);
  within(targets, () => checkOrder(routes));
  const secrets = readSecrets(fields);
  return { bin: textOf(fields, "bin"), name: textOf(fields, "name"), routes, secrets };
}

const readTop = (root: YamlNode | null): Fields =>
  readFields(root, TOP_KEYS, "The file holds `targets:` with a list.");

/** `stripe: whsec_...`, a line for each provider. */
function readSecrets(fields: Fields): ReadonlyMap<string, string> {
  const node = fields.get("secrets");
  if (!node) return new Map();
  const known = Object.keys(signingByProvider);
  const given = readFields(node, known, "`secrets` is a map: a provider's id, and its secret.");
  return new Map([...given].map(([provider, secret]) => [provider, textIn(secret, provider)]));
}

type Fields = Map<string, YamlNode>;

function readFields(node: YamlNode | null, known: readonly string[], expected: string): Fields {
  if (node?.kind !== "map") throw new YamlMistake(node?.at ?? 0, expected);
  const fields: Fields = new Map();
  for (const [key, value] of node.pairs) {
    const name = key.kind === "scalar" ? key.text : "";
    if (!known.includes(name)) {
      throw new YamlMistake(
        key.at,
        `There is no "${name}" here.${didYouMean(name, known)} Known: ${listed(known)}.`,
      );
    }
    if (fields.has(name)) throw new YamlMistake(key.at, `\`${name}\` stands here twice.`);
    fields.set(name, value);
  }
  return fields;
}

const KNOWN_MAX = 12;

const listed = (known: readonly string[]): string =>
  known.length > KNOWN_MAX ? `${known.slice(0, KNOWN_MAX).join(", ")} ...` : known.join(", ");

function readRoute(item: YamlNode): Route {
  const fields = readFields(item, TARGET_KEYS, "A target has a `to: URL` or an `exec: COMMAND`.");
  const filter = fields.get("match");
  const timeout = fields.get("timeout");
  return {
    filter: filter ? within(filter, () => readFilter(textIn(filter, "match"))) : null,
    way: readWay(item, fields),
    timeoutMs: timeout
      ? within(timeout, () => readTimeout(textIn(timeout, "timeout")))
      : TIMEOUT_MS,
  };
}

const readTimeout = (text: string) =>
  Math.min(readDuration("timeout", text) || NO_TIMEOUT_MS, NO_TIMEOUT_MS);

function readWay(item: YamlNode, fields: Fields): Route["way"] {
  const to = fields.get("to");
  const command = fields.get("exec");
  if (command && !to) return { kind: "exec", command: textIn(command, "exec") };
  if (!to || command) {
    throw new YamlMistake(item.at, "A target has either `to: URL` or `exec: COMMAND`.");
  }
  return {
    kind: "url",
    ...within(to, () => readTarget(textIn(to, "to"))),
    append: flagOf(fields, "append", true),
    hostHeader: textOf(fields, "host-header"),
    insecure: flagOf(fields, "insecure", false),
  };
}

function textOf(fields: Fields, name: string): string | null {
  const node = fields.get(name);
  return node ? textIn(node, name) : null;
}

/** A number stands for its text: `to: 3000`, `timeout: 30`. */
function textIn(node: YamlNode, name: string): string {
  if (node.kind === "scalar" && node.text !== "") return node.text;
  throw new YamlMistake(node.at, `\`${name}\` is a text.`);
}

function flagOf(fields: Fields, name: string, otherwise: boolean): boolean {
  const node = fields.get(name);
  if (!node) return otherwise;
  if (node.kind === "scalar" && !node.quoted && /^(true|false)$/.test(node.text)) {
    return node.text === "true";
  }
  throw new YamlMistake(node.at, `\`${name}\` is true or false.`);
}

/** Gives what a reader of flags says its place in the file. */
function within<Result>(node: YamlNode, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RouteError || error instanceof CliError) {
      throw new YamlMistake(node.at, error.message);
    }
    throw error;
  }
}
