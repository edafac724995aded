import { type CommandClient, createCommandClient } from "#lib/contract/command-client.ts";
import type { Flags } from "./args.ts";
import { askSecret, canAsk } from "./ask-secret.ts";
import { type BinAddress, isBinId, isUrl, readBinUrl, readOrigin } from "./bin-address.ts";
import { CliError, Exit, usageError } from "./exit.ts";
import type { Io } from "./io.ts";
import { isSame, readKeptBins } from "./key-file.ts";
import { originInside, ownName } from "./own.ts";

/** A bin that this command was given, with the key that opens it. */
export type BinAccess = BinAddress & { key: string; client: CommandClient };

export const binFlag = {
  bin: {
    type: "string",
    short: "b",
    value: "BIN",
    says: "the bin, by its capture URL, its id or its name; else HOOKLENS_BIN, else the one made or added last",
  },
} as const satisfies Flags;

const KEY = /^hlk_[\w-]+$/;

/**
 * The bin that is meant, by a word or a flag, HOOKLENS_BIN, or the newest whose key is kept; and its key: HOOKLENS_KEY, the
 * kept one, or asked for on a terminal. Never from the arguments, which everybody on the machine can see.
 * @throws CliError usage, key
 */
export async function openBin(given: string | undefined, io: Io): Promise<BinAccess> {
  const address = findBin(given, io);
  const key = await findKey(address, io);
  return { ...address, key, client: createCommandClient({ origin: address.origin, key }) };
}

/** As `openBin` finds it. @throws CliError usage */
export function findBin(word: string | undefined, io: Io): BinAddress {
  const given = word ?? (io.env["HOOKLENS_BIN"] || undefined);
  if (given && isUrl(given)) return readBinUrl(given);
  const kept = readKeptBins(io);
  if (!given) {
    const [newest] = kept;
    if (newest) return newest;
    throw usageError(
      `Which bin? Give its capture URL, or make one with \`${ownName(io.env)} new\`.`,
    );
  }
  const known = kept.find(({ bin, name }) => bin === given || name === given);
  if (known) return known;
  if (isBinId(given)) return { origin: homeOrigin(undefined, io), bin: given };
  throw usageError(
    `No bin named "${given}" is kept here: give its capture URL, or add it with \`${ownName(io.env)} keys add URL\`.`,
  );
}

/** The server to talk to when no URL says so. @throws CliError usage */
export function homeOrigin(given: string | undefined, io: Io): string {
  const named = given ?? (io.env["HOOKLENS_ORIGIN"] || undefined);
  if (named) return readOrigin(named);
  const origin = originInside();
  if (origin) return origin;
  throw usageError(
    "Which server? Give --origin https://hooklens.example.com, or set HOOKLENS_ORIGIN.",
  );
}

async function findKey(address: BinAddress, io: Io): Promise<string> {
  const fromEnvironment = io.env["HOOKLENS_KEY"]?.trim();
  if (fromEnvironment) return checkKey(fromEnvironment, "HOOKLENS_KEY");
  const kept = readKeptBins(io).find((one) => isSame(one, address));
  if (kept) return kept.key;
  if (canAsk(io)) return askKey(address, io);
  throw new CliError(
    Exit.key,
    `A key is needed for ${address.origin}/in/${address.bin}: set HOOKLENS_KEY, or run \`${ownName(io.env)} keys add ${address.origin}/in/${address.bin}\` in a terminal.`,
  );
}

export async function askKey({ origin, bin }: BinAddress, io: Io): Promise<string> {
  const typed = await askSecret(`Key of ${origin}/in/${bin} (it is not shown): `, io);
  return checkKey(typed, "What was typed");
}

function checkKey(text: string, source: string): string {
  if (KEY.test(text)) return text;
  throw new CliError(Exit.key, `${source} is no key: keys begin with hlk_.`);
}
