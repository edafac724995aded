import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { readDuration, type Values } from "../args.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { isUrl } from "../bin-address.ts";
import { defineCommand } from "../command.ts";
import { usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import type { ConfigFile } from "../listen/config-file.ts";
import type { Route } from "../listen/route.ts";
import { targetFlags } from "../listen/target-flags.ts";
import type { Resign } from "../signing/resign.ts";
import type { Missed } from "../listen/words.ts";
import { jsonFlag, quietFlag } from "../shared-flags.ts";
import { Listener } from "../listen/listen.ts";
import { localSecrets, requireSecrets } from "../signing/local-secrets.ts";
import { createResign } from "../signing/resign.ts";
import { loadConfigFile, readRoutes } from "../listen/target-flags.ts";
import { watchText } from "../listen/watch-file.ts";
import { readConfigFile } from "../listen/config-file.ts";
import { createJsonReporter } from "../listen/json-reporter.ts";
import { createHumanReporter } from "../listen/human-reporter.ts";

const CONFIG_FILE = "hooklens.yml";
const CONNECT_TIMEOUT = "15s";
const NAME_CHARACTERS_MAX = 100;

const flags = {
  ...targetFlags,
  name: {
    type: "string",
    short: "n",
    value: "NAME",
    says: "this listener's name; else this machine's",
  },
  missed: {
    type: "string",
    value: "WHAT",
    choices: ["deliver", "latest", "skip"],
    says: "what came while nobody listened: deliver all, only the newest, or skip (else)",
  },
  "max-age": {
    type: "string",
    value: "TIME",
    says: "of what was missed, nothing older than this: 10m",
  },
  "connect-timeout": {
    type: "string",
    value: "TIME",
    says: `for the first connection: ${CONNECT_TIMEOUT}; 0 tries for ever`,
  },
  ...binFlag,
  ...jsonFlag,
  ...quietFlag,
} as const;

export const listenCommand = defineCommand({
  name: "listen",
  summary: "take a bin's requests to localhost",
  usage: "[CAPTURE-URL] --to URL",
  flags,
  notes: [
    "Requests come in their order, one at a time, each at least once. When the connection is lost it is made again, for ever, and what was captured meanwhile is delivered.",
    "The key is read from HOOKLENS_KEY, from the kept ones (`hooklens keys`), or asked for on a terminal.",
    "A target may be short: 3000 stands for http://localhost:3000. Of several the first whose filter matches takes the request.",
    "--resign takes the signing secret from HOOKLENS_SECRET or the file's `secrets`: it never leaves this machine.",
    `Without --to, --exec and --config, ${CONFIG_FILE} in this folder is read, if it is there.`,
  ],
  examples: [
    {
      line: "hooklens listen https://hooks.example.com/in/BIN --to http://localhost:3000/webhooks",
      says: "",
    },
    {
      line: "hooklens listen --to 'path:/stripe*=http://localhost:3000/a' --to http://localhost:3000/rest",
      says: "two targets",
    },
    {
      line: "hooklens listen --exec 'jq .type' --missed deliver",
      says: "a command for each request, beginning with what was missed",
    },
    {
      line: "hooklens listen --to https://localhost:8443 --insecure --timeout 10m",
      says: "a self-signed certificate, and a debugger",
    },
  ],
  async run({ values, words, io }) {
    const [first, second] = words;
    if (second !== undefined)
      throw usageError(`"${second}" is one word too many: the target is given with --to.`);
    const { targets, watch } = await readTargets(values);
    const access = await openBin(first ?? values.bin ?? targets.bin ?? undefined, io);
    let { routes, secrets } = targets;
    const resign = values.resign ? await createSigner(io, () => secrets) : null;
    const report = await createReporter(values, io);
    const listener = new Listener({
      access,
      name: readName(values.name ?? targets.name ?? hostname()),
      routes: () => routes,
      resign,
      missed: missedOf(values),
      maxAgeSeconds: values["max-age"]
        ? Math.max(1, Math.round(readDuration("--max-age", values["max-age"]) / 1000))
        : null,
      connectMs:
        readDuration("--connect-timeout", values["connect-timeout"] ?? CONNECT_TIMEOUT) || null,
      report,
    });
    const unwatch = await watch((read) => {
      if (read instanceof Error) return report.notReloaded(read.message);
      ({ routes, secrets } = read);
      report.reloaded(routes);
      void listener.retarget();
    });
    return listener.run().finally(unwatch);
  },
});

type ListenValues = Values<typeof flags>;
type Watch = (onSaved: (read: ConfigFile | Error) => void) => Promise<() => void>;
type Targets = Pick<ConfigFile, "bin" | "name" | "secrets"> & { routes: Route[] };

/** @throws CliError usage without any secret */
async function createSigner(io: Io, fromFile: () => ReadonlyMap<string, string>): Promise<Resign> {
  const read = () => localSecrets(io.env, fromFile());
  requireSecrets(read());
  return createResign(read);
}

async function readTargets(values: ListenValues): Promise<{ targets: Targets; watch: Watch }> {
  const routes = readRoutes(values);
  const file =
    values.config ?? (routes.length === 0 && existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  if (file === undefined) {
    if (routes.length === 0) {
      throw usageError(
        "Where to? Give --to http://localhost:3000/webhooks, --exec COMMAND or a hooklens.yml.",
      );
    }
    return {
      targets: { bin: null, name: null, routes, secrets: new Map() },
      watch: async () => () => {},
    };
  }
  if (routes.length > 0) throw usageError("Either --config, or --to and --exec.");
  return { targets: loadConfigFile(file), watch: (onSaved) => watchConfig(file, onSaved) };
}

async function watchConfig(file: string, onSaved: (read: ConfigFile | Error) => void) {
  return watchText(file, (text) => {
    try {
      onSaved(readConfigFile(text, file));
    } catch (error) {
      onSaved(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

async function createReporter(values: ListenValues, io: Io) {
  if (values.json) {
    return createJsonReporter(io);
  }
  return createHumanReporter({ io, quiet: values.quiet, missed: missedOf(values) });
}

const missedOf = ({ missed }: ListenValues): Missed =>
  missed === "deliver" || missed === "latest" ? missed : "skip";

/** @throws CliError usage */
function readName(text: string): string {
  const name = text
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, NAME_CHARACTERS_MAX);
  if (name && !isUrl(name)) return name;
  throw usageError(`"${text}" is no name for a listener: a word such as laptop.`);
}
