import { existsSync } from "node:fs";
import path from "node:path";
import { runQuietly } from "./run-quietly.ts";
import { digest, isFresh, keepStamp, ROOT } from "./stamp.ts";

const SOURCES = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];
const STAMP = "prisma/generated/.stamp";

/** Generates the Prisma client when the schema, or Prisma, is not the one that it was generated from. */
export function prepareClient(): void {
  const stamp = digest(SOURCES);
  if (existsSync(path.join(ROOT, "prisma/generated/client.ts")) && isFresh(STAMP, stamp)) return;
  runQuietly("prisma", ["generate"]);
  keepStamp(STAMP, stamp);
}
