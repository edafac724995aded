import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { BinAddress } from "./bin-address.ts";
import { CliError, Exit } from "./exit.ts";
import type { Io } from "./io.ts";

/** A bin whose key is kept, the newest first. */
export type KeptBin = BinAddress & { key: string; name: string | null; keptAt: string };

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const isWindows = process.platform === "win32";

/** $XDG_CONFIG_HOME/hooklens or ~/.config/hooklens; on Windows %APPDATA%\hooklens. */
function configFolder(env: NodeJS.ProcessEnv): string {
  const own = isWindows ? env["APPDATA"] : env["XDG_CONFIG_HOME"];
  const base = own && path.isAbsolute(own) ? own : path.join(homedir(), ".config");
  return path.join(base, "hooklens");
}

export const keyFilePath = (env: NodeJS.ProcessEnv) => path.join(configFolder(env), "keys.json");

/** @throws CliError unexpected, when the file is there and is not ours to read or understand. */
export function readKeptBins(io: Io): KeptBin[] {
  const file = keyFilePath(io.env);
  const text = readIfThere(file);
  if (text === null) return [];
  keepToOwner(file, io);
  try {
    const { bins } = JSON.parse(text) as { bins: KeptBin[] };
    return bins.filter(({ origin, bin, key }) =>
      [origin, bin, key].every((one) => typeof one === "string"),
    );
  } catch {
    throw new CliError(Exit.unexpected, `${file} can't be read as JSON: mend it, or remove it.`);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new CliError(Exit.unexpected, `${file} can't be read: ${String(error)}`);
  }
}

/** Somebody may have copied the file about: keys are for their owner alone. */
function keepToOwner(file: string, io: Io): void {
  if (isWindows || (statSync(file).mode & 0o077) === 0) return;
  chmodSync(file, OWNER_ONLY_FILE);
  io.note(`${file} could be read by others on this machine: its mode is 600 now.`);
}

/** Keeps a bin's key, in the place of one kept before. */
export function keepBin(bin: KeptBin, io: Io): void {
  write([bin, ...readKeptBins(io).filter((other) => !isSame(other, bin))], io);
}

/** False when there was none. */
export function forgetBin(address: BinAddress, io: Io): boolean {
  const bins = readKeptBins(io);
  const left = bins.filter((other) => !isSame(other, address));
  if (left.length < bins.length) write(left, io);
  return left.length < bins.length;
}

export const isSame = (one: BinAddress, other: BinAddress) =>
  one.origin === other.origin && one.bin === other.bin;

/** Written beside and renamed, so that a reader never sees half of it. */
function write(bins: KeptBin[], io: Io): void {
  const file = keyFilePath(io.env);
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER });
  if (!isWindows) chmodSync(path.dirname(file), OWNER_ONLY_FOLDER);
  try {
    writeFileSync(draft, `${JSON.stringify({ bins }, null, 2)}\n`, { mode: OWNER_ONLY_FILE });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
