import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { count, untilBack, useEmbeddedDatabases, write } from "#tests/helpers/embedded.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

const databases = useEmbeddedDatabases();

describe("a database that is killed", () => {
  test("with kill -9 on the postmaster is restarted, twice, and keeps what was committed", async () => {
    const database = await databases.open();
    for (const name of ["first", "second"]) {
      await write(database, name);
      process.kill(databases.postmasterPid, "SIGKILL");
      await until(() => !database.isUp(), "the loss to be noticed");
      await untilBack(database);
    }
    expect(await count(database)).toBe(2);
  });

  test("with kill -9 on the process behind one connection is back as well", async () => {
    const database = await databases.open();
    await write(database, "kept");
    const { rows } = await run(
      database.url,
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'hooklens' LIMIT 1",
    );
    process.kill((rows[0] as { pid: number }).pid, "SIGKILL");
    await sleep(20);
    await untilBack(database);
    expect(await count(database)).toBe(1);
  });

  test("fails the transaction that was open, never the process", async () => {
    const database = await databases.open();
    const client = await database.pool.connect();
    await client.query("BEGIN");
    process.kill(databases.postmasterPid, "SIGKILL");
    await sleep(50);
    await expect(client.query("COMMIT")).rejects.toThrow();
    client.release(true);
    await untilBack(database);
  });

  test("during the stop does not hold it up", async () => {
    const database = await databases.open();
    process.kill(databases.postmasterPid, "SIGKILL");
    // Well within the ten seconds for which a start is tried again.
    const since = Date.now();
    await databases.close(database);
    expect(Date.now() - since).toBeLessThan(9_000);
  });
});
