import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";

/** Where an entry of SECRET_KEY is kept that nobody was asked for. */
export const keyFile = (dataDir: string): string => path.join(dataDir, "secret-key");

/** The entry that an earlier start made; null when there is none. */
export function readKeyFile(dataDir: string): string | null {
  try {
    return readFileSync(keyFile(dataDir), "utf8").trim() || null;
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Makes the entry, for nobody's eyes but this user's, and on disk before anything is sealed with it. */
export function makeKeyFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const temporary = `${keyFile(dataDir)}-${randomBytes(6).toString("hex")}`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString("base64url")}\n`);
    fsyncSync(file);
    renameSync(temporary, keyFile(dataDir));
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
  return readFileSync(keyFile(dataDir), "utf8").trim();
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && "code" in error && error.code === code;
