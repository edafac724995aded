import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { count, useEmbeddedDatabases } from "#tests/helpers/embedded.ts";
import { end, holdDatabase } from "#tests/helpers/holders.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const databases = useEmbeddedDatabases();

describe("a data folder", () => {
  test("belongs to one server: a second start ends with one line", async () => {
    const first = await holdDatabase(databases.dataDir);
    const second = await holdDatabase(databases.dataDir);
    expect(second.refused).toBe(
      `Another Hooklens server is using ${databases.dataDir} (process ${first.child.pid}). Stop it, or start this one with another DATA_DIR.`,
    );
    expect(await run(first.url ?? "", "SELECT 1")).toBeDefined();
  });

  test("of four servers that start at the same instant one gets it", async () => {
    const holders = await Promise.all([1, 2, 3, 4].map(() => holdDatabase(databases.dataDir)));
    expect(holders.filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(holders.filter(({ refused }) => refused?.startsWith("Another Hooklens"))).toHaveLength(
      3,
    );
  });

  test("stays with its server while the database restarts", async () => {
    await holdDatabase(databases.dataDir);
    process.kill(databases.postmasterPid, "SIGKILL");
    expect((await holdDatabase(databases.dataDir)).refused).toMatch(/^Another Hooklens/);
  });

  test("of a server that was killed is taken over, and the database it left running with it", async () => {
    const first = await holdDatabase(databases.dataDir);
    await run(first.url ?? "", "INSERT INTO bins (id) VALUES ('kept')");
    const left = databases.postmasterPid;
    await end(first, "SIGKILL");
    expect(() => process.kill(left, 0)).not.toThrow();
    const database = await databases.open();
    expect(databases.postmasterPid).not.toBe(left);
    expect(await count(database)).toBe(1);
  });

  test("where server and database were killed at once is recovered", async () => {
    const first = await holdDatabase(databases.dataDir);
    await run(first.url ?? "", "INSERT INTO bins (id) VALUES ('kept')");
    const left = databases.postmasterPid;
    await end(first, "SIGKILL");
    process.kill(left, "SIGKILL");
    expect(await count(await databases.open())).toBe(1);
  });

  test("with the number of a stranger in postmaster.pid is not held up by it", async () => {
    await databases.close(await databases.open());
    const stranger = spawn("sleep", ["60"]);
    writeFileSync(
      path.join(databases.home, "data/postmaster.pid"),
      `${stranger.pid}\n${databases.home}/data\n1\n1\n\n\n\n`,
    );
    await databases.open();
    expect(stranger.exitCode).toBe(null);
    stranger.kill();
  });
});
