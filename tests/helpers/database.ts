import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { databaseUrl, run } from "./test-postgres.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated database of one's own, cloned from the run's template. What is not dropped ends with the run. */
export function createDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject("template")}`);
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create("TEMPLATE template0");
}

async function create(from: string): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `${inject("template")}_${randomBytes(4).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name} ${from}`);
  return {
    url: databaseUrl(server, name),
    drop: async () => {
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
