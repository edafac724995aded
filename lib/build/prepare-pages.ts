import { existsSync } from "node:fs";
import path from "node:path";
import { packStatic } from "./pack-static.ts";
import { runQuietly } from "./run-quietly.ts";
import { digest, isFresh, keepStamp, ROOT } from "./stamp.ts";

/** All that the pages and the routes are built from. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const STAMP = ".next/hooklens-stamp";

/** Builds the pages when they are not built from these sources, or always with `force`. */
export function preparePages({ force = false, say = (_line: string) => {} } = {}): void {
  const built = existsSync(path.join(ROOT, ".next/BUILD_ID"));
  const stamp = digest(SOURCES);
  if (built && !force && isFresh(STAMP, stamp)) return;
  const reason = force ? "" : built ? " (the sources have changed)" : " (first start only)";
  say(`Building the pages${reason}, about half a minute...`);
  const startedAt = Date.now();
  runQuietly("next", ["build"]);
  packStatic();
  keepStamp(STAMP, stamp);
  say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}
