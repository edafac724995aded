import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The official packages that signatures are checked against, when they are missing or not those of the lockfile. */
const SDKS = path.join(import.meta.dirname, "sdks");
const LOCKFILE = path.join(SDKS, "package-lock.json");
/** The lockfile that was installed; `npm ci` removes it first with all the rest. */
const INSTALLED = path.join(SDKS, "node_modules", ".installed-lock.json");
/** Ten seconds on a quiet machine; minutes on a busy one. */
const INSTALL_MS_MAX = 15 * 60_000;

const isInstalled = existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(LOCKFILE));

if (!isInstalled) {
  const npm = process.env["npm_execpath"];
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", SDKS];
  const options = { stdio: "inherit", timeout: INSTALL_MS_MAX } as const;
  const { status } = npm?.endsWith("js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status === 0) copyFileSync(LOCKFILE, INSTALLED);
  else process.stdout.write("The official packages could not be installed.\n");
  process.exitCode = status ?? 1;
}
