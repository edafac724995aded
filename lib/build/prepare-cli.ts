import { existsSync } from "node:fs";
import path from "node:path";
import { digest, isFresh, keepStamp, ROOT } from "./stamp.ts";

const SOURCES = ["cli", "components/body", "lib", "package.json", "package-lock.json"];
const STAMP = "dist/.stamp";
const FILE = "dist/hooklens.mjs";

/** Bundles the command when it is not made from these sources, or always with `force`. */
export async function prepareCli({
  force = false,
  say = (_line: string) => {},
} = {}): Promise<void> {
  const stamp = digest(SOURCES);
  if (existsSync(path.join(ROOT, FILE)) && !force && isFresh(STAMP, stamp)) return;
  const { bundleCli } = await import("./bundle-cli.ts");
  const bytes = await bundleCli(path.join(ROOT, FILE));
  keepStamp(STAMP, stamp);
  say(`The hooklens command: ${(bytes / 1000).toFixed(0)} kB in one file.`);
}
