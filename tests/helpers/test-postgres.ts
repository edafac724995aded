import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { createLog } from "#lib/log.ts";
import { startEmbedded } from "#lib/store/embedded/supervisor.ts";
import { migrate } from "#lib/store/migrate.ts";
import { createTurnJobs } from "#lib/store/turn-jobs.ts";
import { offerServers } from "./test-servers.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The Postgres of this run, by its maintenance database. */
    postgresUrl: string;
    /** A migrated database that each test file's own is cloned from; its name begins those of all. */
    template: string;
    /** Where shared-servers.ts asks. */
    sharedServers: string;
  }
}

/**
 * One Postgres for the whole run: an embedded one in a temporary folder, or the server that TEST_DATABASE_URL names
 * (with the right to create databases), so that the suite can run on another version.
 */
export default async function setup(project: TestProject) {
  const server = await startPostgres();
  const template = `hooklens_test_${randomBytes(6).toString("hex")}`;
  await run(server.url, `CREATE DATABASE ${template}`);
  await migrate(databaseUrl(server.url, template));
  await prepareJobs(databaseUrl(server.url, template));
  project.provide("postgresUrl", server.url);
  project.provide("template", template);
  const servers = await offerServers(async () => {
    const name = `${template}_shared`;
    await run(server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
    return databaseUrl(server.url, name);
  });
  project.provide("sharedServers", servers.url);
  return async () => {
    await servers.close();
    await dropAll(server.url, template);
    await server.stop();
  };
}

/** pg-boss makes its tables at a server's start: a hundred servers of a run find them in the template. */
async function prepareJobs(url: string): Promise<void> {
  const jobs = createTurnJobs({ url, embedded: false }, createLog("error"));
  await jobs.start();
  await jobs.stop();
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const outside = process.env["TEST_DATABASE_URL"];
  if (outside) return { url: outside, stop: async () => undefined };
  // The system's own temporary folder: a database user must be able to reach it when the tests run as root.
  const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-test-"));
  const postgres = await startEmbedded(folder, createLog("error"));
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

async function dropAll(url: string, template: string): Promise<void> {
  const { rows } = await run(
    url,
    `SELECT datname FROM pg_database WHERE datname LIKE '${template}%'`,
  );
  for (const { datname } of rows as { datname: string }[]) {
    await run(url, `DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

/** One statement on a connection of its own. */
export async function run(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
