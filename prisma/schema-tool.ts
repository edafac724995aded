// For authors of migrations. Prisma's own `migrate` commands want a native engine that is downloaded at first use; this
// asks the same engine, built as WebAssembly. It never applies a migration: lib/store/migrate.ts does.
//   npm run migration -- diff [old]   the SQL from an older schema to this one; old: a git ref (HEAD), a file, or `empty`
//   npm run migration -- drift        whether the migrations add up to the schema (exit 2: no), on a Postgres of its own
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import type { DiffTarget } from "@prisma/schema-engine-wasm";
import { createLog } from "../lib/log.ts";
import { startEmbedded } from "../lib/store/embedded/supervisor.ts";
import { findDrift } from "./schema-drift.ts";

const SCHEMA = fileURLToPath(new URL("schema.prisma", import.meta.url));

/** Once per process: the glue keeps a single instance. */
let engine: ReturnType<typeof loadEngine> | undefined;

async function loadEngine() {
  // Where Rust reports a panic to.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: fail } });
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const entry = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm"));
  const wasm = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const datamodels: [string, string][] = [["schema.prisma", readSchema()]];
  return glue.SchemaEngine.new({ datamodels }, () => undefined, noDatabase());
}

/** A diff of two schemas needs no database, but the engine asks one for its version all the same: no rows will do. */
function noDatabase() {
  const refuse = () => Promise.reject(new Error("There is no database here"));
  const adapter: SqlDriverAdapter = {
    provider: "postgres",
    adapterName: "none",
    queryRaw: () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: refuse,
    dispose: () => Promise.resolve(),
  };
  const connect = () => Promise.resolve(adapter);
  return bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "none",
    connect,
    connectToShadowDb: connect,
  });
}

function fail(message: string): never {
  throw new Error(`Prisma's schema engine stopped: ${message}`);
}

/** The SQL that turns one Prisma schema (its text; null for an empty database) into another. */
export async function schemaDiff(from: string | null, to: string): Promise<string> {
  engine ??= loadEngine();
  const target = (content: string | null): DiffTarget =>
    content === null
      ? { tag: "empty" }
      : { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] };
  const result = await (await engine).diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}

/** The text of prisma/schema.prisma. */
export const readSchema = () => readFileSync(SCHEMA, "utf8");

function olderSchema(given: string): string {
  if (existsSync(given)) return readFileSync(given, "utf8");
  return execFileSync("git", ["show", `${given}:prisma/schema.prisma`], { encoding: "utf8" });
}

async function drift(schema: string): Promise<string[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-drift-"));
  const postgres = await startEmbedded(folder, createLog("error"));
  try {
    return await findDrift(postgres.url, await schemaDiff(null, schema));
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [command, old = "HEAD"] = process.argv.slice(2);
  const schema = readSchema();
  if (command === "diff") {
    process.stdout.write(await schemaDiff(old === "empty" ? null : olderSchema(old), schema));
  } else if (command === "drift") {
    const lines = await drift(schema);
    process.stdout.write(lines.length > 0 ? `${lines.join("\n")}\n` : "No drift.\n");
    process.exitCode = lines.length > 0 ? 2 : 0;
  } else {
    process.stderr.write("Usage: npm run migration -- diff [empty | git ref | file] | drift\n");
    process.exitCode = 64;
  }
}
