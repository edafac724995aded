import { existsSync } from "node:fs";
import { readCount } from "../args.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { targetFlags } from "../listen/target-flags.ts";
import { jsonFlag, quietFlag } from "../shared-flags.ts";
import type { Resign } from "../signing/resign.ts";
import { loadConfigFile, readRoutes } from "../listen/target-flags.ts";
import { replay, replayThroughListener } from "../replay/replay.ts";
import { localSecrets, requireSecrets } from "../signing/local-secrets.ts";
import { createResign } from "../signing/resign.ts";

const COUNT = 100;
const COUNT_MAX = 100_000;
const CONFIG_FILE = "hooklens.yml";

export const replayCommand = defineCommand({
  name: "replay",
  summary: "send captured requests again, from this machine",
  usage: "SEQ|ID|last|FROM..THROUGH|FILTER... --to URL",
  flags: {
    ...targetFlags,
    "to-localhost": {
      type: "string",
      value: "PORT",
      says: "short for --to http://localhost:PORT; a path may follow",
    },
    "to-listener": {
      type: "boolean",
      says: "through the connected listener instead: the outcome is kept and shown on the page",
    },
    name: { type: "string", value: "NAME", says: "which listener, when there are several" },
    limit: {
      type: "string",
      value: "COUNT",
      says: `of those that a filter finds, the newest so many (${COUNT})`,
    },
    ...binFlag,
    ...jsonFlag,
    ...quietFlag,
  },
  notes: [
    "The same bytes as captured, in the order in which they came. What is sent from here is not kept on the server, but for --to-listener.",
    "Words that name no request are a filter in the language of the page's search box.",
    "--resign takes the signing secret from HOOKLENS_SECRET or hooklens.yml: it never leaves this machine. With --to-listener the server signs, with the bin's own.",
    "Exit code 7: at least one was not answered with 2xx.",
  ],
  examples: [
    { line: "hooklens replay last --to http://localhost:3000/webhooks", says: "" },
    { line: "hooklens replay 40..57 --to-localhost 3000/webhooks", says: "a range, in order" },
    {
      line: "hooklens replay provider:stripe event:charge.failed --to 3000",
      says: "all that a filter finds",
    },
    { line: "hooklens replay 42 --to-listener", says: "to the machine that listens" },
  ],
  async run({ values, words, io }) {
    if (words.length === 0)
      throw usageError("Which requests? Numbers, ids, `last`, or words of a filter.");
    const limit =
      values.limit === undefined ? COUNT : readCount("--limit", values.limit, 1, COUNT_MAX);
    const short = values["to-localhost"];
    const own = readRoutes({
      ...values,
      to: short === undefined ? values.to : [...values.to, short],
    });
    if (values["to-listener"] && own.length > 0)
      throw usageError("Either --to-listener, or a target of this machine.");
    const file =
      values.config ?? (own.length === 0 && existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
    const config =
      own.length === 0 && file !== undefined && !values["to-listener"]
        ? loadConfigFile(file)
        : null;
    const routes = config?.routes ?? own;
    if (routes.length === 0 && !values["to-listener"]) {
      throw usageError("Where to? Give --to http://localhost:3000/webhooks, or --to-listener.");
    }
    const access = await openBin(values.bin, io);
    const replaying = { words, limit, access, io, json: values.json, quiet: values.quiet };
    if (values["to-listener"]) {
      const how = { name: values.name, append: !values["no-append"], isResigned: values.resign };
      return replayThroughListener({ ...replaying, ...how });
    }
    const resign = values.resign ? await createSigner(io, config?.secrets ?? new Map()) : null;
    return replay({ ...replaying, routes, resign });
  },
});

/** @throws CliError usage without any secret */
async function createSigner(io: Io, fromFile: ReadonlyMap<string, string>): Promise<Resign> {
  const secrets = requireSecrets(localSecrets(io.env, fromFile));
  return createResign(() => secrets);
}
