import { execFile } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { StartError } from "../start-error.ts";
import { type Account, asAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";

const run = promisify(execFile);

/** The major version of the packaged binaries: their data can't be read by another one. */
const MAJOR_VERSION = "18";
const USER = "hooklens";

/** A database folder that Postgres can be started on. */
export type Cluster = { data: string; port: number; url: string };

/** Whether a folder holds a database that an earlier start made. */
export const holdsCluster = (home: string): boolean =>
  existsSync(path.join(home, "data", "PG_VERSION"));

/** Finds the database of `home`, or makes it: a folder, a password of its own and a port of its own. */
export async function prepareCluster(
  home: string,
  account: Account,
  binaries: Binaries,
): Promise<Cluster> {
  const data = path.join(home, "data");
  if (!holdsCluster(home)) await createData(home, data, account, binaries);
  assertMajorVersion(data);
  const password = readFileSync(path.join(home, "password"), "utf8").trim();
  const port = await ownPort(path.join(home, "port"));
  return { data, port, url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres` };
}

/** initdb works in a temporary folder that is renamed when whole: a start that is killed meanwhile is simply repeated. */
async function createData(
  home: string,
  data: string,
  account: Account,
  binaries: Binaries,
): Promise<void> {
  removeUnfinished(home);
  const passwordFile = path.join(home, "password");
  writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  const temporary = mkdtempSync(path.join(home, "data-new-"));
  if (account)
    for (const file of [home, passwordFile, temporary]) chownSync(file, account.uid, account.gid);
  const login = ["-U", USER, `--pwfile=${passwordFile}`, "-A", "scram-sha-256"];
  // Sorts by code point and knows all of Unicode's letters, the same on every machine and after every update.
  const text = [
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  const options = ["-D", temporary, ...login, ...text, "--no-instructions"];
  try {
    await run(binaries.initdb, options, asAccount(account));
  } catch (error) {
    const output =
      error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new StartError(`The database in ${home} could not be made: ${lastLine(output)}`, {
      cause: error,
    });
  }
  renameSync(temporary, data);
}

function removeUnfinished(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(home)) {
    if (name.startsWith("data-new-"))
      rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

const lastLine = (output: string) => output.trim().split("\n").at(-1) ?? output;

function assertMajorVersion(data: string): void {
  const version = readFileSync(path.join(data, "PG_VERSION"), "utf8").trim();
  if (version === MAJOR_VERSION) return;
  throw new StartError(
    `${data} was made by Postgres ${version}, and this version brings Postgres ${MAJOR_VERSION}. ` +
      "Start the version that made it, or point DATABASE_URL at a Postgres that holds the data.",
  );
}

/** The port that the last start used, or another one when something else has taken it since. */
async function ownPort(file: string): Promise<number> {
  const kept = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (kept && (await isFree(kept))) return kept;
  const port = await freePort();
  writeFileSync(file, `${port}\n`, { mode: 0o600 });
  return port;
}

/** Below the ports that systems give to outgoing connections, one of which could hold ours while Postgres restarts. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new StartError("No free port for the embedded Postgres was found between 20000 and 32000.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
