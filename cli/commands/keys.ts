import { createCommandClient } from "#lib/contract/command-client.ts";
import { canAsk } from "../ask-secret.ts";
import { askKey } from "../bin-access.ts";
import { readBinUrl } from "../bin-address.ts";
import { defineCommand } from "../command.ts";
import { didYouMean } from "../did-you-mean.ts";
import { CliError, Exit, usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { forgetBin, keepBin, keyFilePath, readKeptBins } from "../key-file.ts";
import { jsonFlag } from "../shared-flags.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";

const ACTIONS = ["list", "add", "remove"] as const;

export const keysCommand = defineCommand({
  name: "keys",
  summary: "the bins whose keys are kept on this machine",
  usage: "[list] | add CAPTURE-URL | remove CAPTURE-URL",
  flags: { ...jsonFlag },
  notes: [
    "`add` asks for the key, or takes it from HOOKLENS_KEY, tries it, and keeps it in a file that only you can read. Keys are never printed.",
  ],
  examples: [
    { line: "hooklens keys add https://hooks.example.com/in/BIN", says: "" },
    { line: "hooklens keys", says: "what is kept" },
  ],
  async run({ values, words, io }) {
    const [action = "list", url, more] = words;
    if (more !== undefined) throw usageError(`"${more}" is one word too many.`);
    if (action === "list") return list(values.json, io);
    if (action !== "add" && action !== "remove") {
      throw usageError(`keys has no "${action}".${didYouMean(action, ACTIONS)}`);
    }
    if (url === undefined) throw usageError(`keys ${action} needs the bin's capture URL.`);
    return action === "add" ? add(url, io) : remove(url, io);
  },
});

function list(json: boolean, io: Io) {
  const bins = readKeptBins(io);
  for (const { origin, bin, name, keptAt } of bins) {
    const url = `${origin}/in/${bin}`;
    if (json) io.out(jsonLine({ url, name, keptAt }));
    else io.out(`${io.style.link(url)}${name === null ? "" : ` ${visible(name)}`}`);
  }
  if (!json)
    io.note(
      io.errorStyle.dim(bins.length > 0 ? `in ${keyFilePath(io.env)}` : "No keys are kept here."),
    );
  return Exit.done;
}

async function add(url: string, io: Io) {
  const address = readBinUrl(url);
  const key = io.env["HOOKLENS_KEY"]?.trim() || (canAsk(io) ? await askKey(address, io) : "");
  if (!key)
    throw new CliError(
      Exit.key,
      "Set HOOKLENS_KEY, or run this in a terminal, where the key is asked for.",
    );
  const { name } = await createCommandClient({ origin: address.origin, key }).bin(address.bin);
  keepBin({ ...address, key, name, keptAt: new Date().toISOString() }, io);
  io.out(`Kept in ${keyFilePath(io.env)}.`);
  return Exit.done;
}

function remove(url: string, io: Io) {
  if (!forgetBin(readBinUrl(url), io))
    throw new CliError(Exit.notFound, "No key of that bin is kept here.");
  io.out("Removed. The key itself still opens the bin: the page's settings revoke it.");
  return Exit.done;
}
