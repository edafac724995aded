import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** A digest of files and of all that folders hold: contents and names, so that a checkout's dates don't matter. */
export function digest(sources: string[]): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(listFiles)) {
    hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest("hex");
}

function listFiles(source: string): string[] {
  const full = path.join(ROOT, source);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [source];
  return readdirSync(full)
    .sort()
    .flatMap((name) => listFiles(path.join(source, name)));
}

/** Whether the last run was made from exactly these sources. */
export function isFresh(stampFile: string, stamp: string): boolean {
  const file = path.join(ROOT, stampFile);
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

export function keepStamp(stampFile: string, stamp: string): void {
  const file = path.join(ROOT, stampFile);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
