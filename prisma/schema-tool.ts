// For authors of migrations. Prisma's own `migrate` commands want a native engine that is downloaded at first use; this
// asks the same engine, built as WebAssembly. It never applies a migration: lib/store/migrate.ts does.
//   npm run migration -- diff [old]   the SQL from an older schema (a git ref or a file, default HEAD) to this one
//   npm run migration -- drift [url]  whether the migrations add up to the schema (exit 2: no), on a scratch Postgres
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import type { DiffTarget } from "@prisma/schema-engine-wasm";

const SCHEMA = fileURLToPath(new URL("schema.prisma", import.meta.url));

async function loadEngine() {
  // The glue keeps one instance per process and looks for this registry when Rust panics.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: fail } });
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const entry = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm"));
  const wasm = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const datamodels: [string, string][] = [["schema.prisma", readFileSync(SCHEMA, "utf8")]];
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
  const engine = await loadEngine();
  const target = (content: string | null): DiffTarget =>
    content === null
      ? { tag: "empty" }
      : { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] };
  const result = await engine.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}

function olderSchema(given: string): string {
  if (existsSync(given)) return readFileSync(given, "utf8");
  return execFileSync("git", ["show", `${given}:prisma/schema.prisma`], { encoding: "utf8" });
}

if (import.meta.main) {
  const [command, argument] = process.argv.slice(2);
  const now = readFileSync(SCHEMA, "utf8");
  if (command === "diff") {
    const old = argument === "empty" ? null : olderSchema(argument ?? "HEAD");
    process.stdout.write(await schemaDiff(old, now));
  } else {
    process.stderr.write("Usage: npm run migration -- diff [empty | git ref | file]\n");
    process.exitCode = 64;
  }
}
