import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate } from "#lib/store/migrate.ts";
import { findDrift } from "#prisma/schema-drift.ts";
import { readSchema, schemaDiff } from "#prisma/schema-tool.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { run } from "#tests/helpers/test-postgres.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-migrations-"));
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const rows = async (sql: string) =>
  (await run(database.url, sql)).rows as Record<string, unknown>[];
const history = () =>
  rows(
    'SELECT migration_name, finished_at IS NOT NULL AS done FROM "_prisma_migrations" ORDER BY 1',
  );

describe("the migrations of the project", () => {
  test("three processes at once: one applies them, the others find nothing to do", async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(applied.flat()).toContain("01_init");
    expect(await migrate(database.url)).toEqual([]);
  });

  test("add up to prisma/schema.prisma", async () => {
    expect(await findDrift(inject("postgresUrl"), await schemaDiff(null, readSchema()))).toEqual(
      [],
    );
  });

  test("a column that only the schema has, or another type, is drift", async () => {
    const schema = readSchema()
      .replace("model Body {", "model Body {\n  extra String?")
      .replace(/revision( +)Int( +)@default\(0\)/, "revision$1BigInt$2@default(0)");
    expect(await findDrift(inject("postgresUrl"), await schemaDiff(null, schema))).toEqual([
      "- column bins.revision integer not null default 0",
      "+ column bins.revision bigint not null default 0",
      "+ column bodies.extra text",
    ]);
  });
});

describe("a migration", () => {
  test("that fails is undone whole, leaves no record, and is tried again at the next start", async () => {
    write("01_a", "CREATE TABLE a (id int)");
    write("02_b", "CREATE TABLE b (id int); INSERT INTO nowhere VALUES (1)");
    await expect(migrate(database.url, folder)).rejects.toThrow(
      /^The migration 02_b failed and was undone: relation "nowhere" does not exist\.$/,
    );
    expect(await history()).toEqual([{ migration_name: "01_a", done: true }]);
    expect(await rows("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
    write("02_b", "CREATE TABLE b (id int)");
    expect(await migrate(database.url, folder)).toEqual(["02_b"]);
  });

  test("may hold function bodies, strings and comments with semicolons", async () => {
    write(
      "01_a",
      `-- a comment; with one
       CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x;y'; END; $$;
       CREATE TABLE a (t text DEFAULT ';')`,
    );
    await migrate(database.url, folder);
    expect(await rows("SELECT f()")).toEqual([{ f: "x;y" }]);
  });

  test("edited after it was applied: refused; with other line ends: not", async () => {
    write("01_a", "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n");
    await migrate(database.url, folder);
    write("01_a", "CREATE TABLE a (id int);\r\nCREATE TABLE b (id int);\r\n");
    expect(await migrate(database.url, folder)).toEqual([]);
    write("01_a", "CREATE TABLE a (id bigint);\n");
    await expect(migrate(database.url, folder)).rejects.toThrow(/01_a.* was edited/);
  });

  test("that only the database knows: refused, a newer version was there", async () => {
    write("01_a", "CREATE TABLE a (id int)");
    write("02_later", "CREATE TABLE b (id int)");
    await migrate(database.url, folder);
    rmSync(path.join(folder, "02_later"), { recursive: true });
    await expect(migrate(database.url, folder)).rejects.toThrow(/02_later.* a newer Hooklens/);
  });

  test("that another tool began and never finished: refused", async () => {
    write("01_a", "CREATE TABLE a (id int)");
    await migrate(database.url, folder);
    await run(database.url, 'UPDATE "_prisma_migrations" SET finished_at = NULL');
    await expect(migrate(database.url, folder)).rejects.toThrow(/01_a.* never finished/);
  });
});
