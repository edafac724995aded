import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { count, useEmbeddedDatabases, write } from "#tests/helpers/embedded.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const isRoot = process.getuid?.() === 0;
const databases = useEmbeddedDatabases();

describe("the embedded database", () => {
  test("is made, keeps its data and its port over a restart", async () => {
    const first = await databases.open();
    await write(first, "kept");
    await databases.close(first);
    expect(existsSync(path.join(databases.home, "data/postmaster.pid"))).toBe(false);
    const second = await databases.open();
    expect(await count(second)).toBe(1);
    expect(second.url).toBe(first.url);
    expect(second.description).toContain(databases.home);
    expect(second.description).not.toContain(new URL(second.url).password);
  });

  test("is reached on 127.0.0.1 with its password only", async () => {
    const { url } = await databases.open();
    const { rows } = await run(
      url,
      "SELECT current_setting('listen_addresses') AS tcp, current_setting('unix_socket_directories') AS socket",
    );
    expect(rows).toEqual([{ tcp: "127.0.0.1", socket: "" }]);
    expect(statSync(path.join(databases.home, "password")).mode & 0o777).toBe(0o600);
    expect(statSync(databases.home).mode & 0o777).toBe(0o700);
    const guessed = Object.assign(new URL(url), { password: "guess" }).href;
    await expect(run(guessed, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("commits synchronously, whatever the server was told", async () => {
    const database = await databases.open();
    await database.pool.query("ALTER SYSTEM SET synchronous_commit = off");
    await database.pool.query("SELECT pg_reload_conf()");
    await sleep(200);
    expect((await database.pool.query("SHOW synchronous_commit")).rows).toEqual([
      { synchronous_commit: "on" },
    ]);
    expect(await database.prisma.$queryRaw`SHOW synchronous_commit`).toEqual([
      { synchronous_commit: "on" },
    ]);
  });

  test("with fsync off ends the start", async () => {
    const database = await databases.open();
    await database.pool.query("ALTER SYSTEM SET fsync = off");
    await databases.close(database);
    await expect(databases.open()).rejects.toThrow(/^The database runs with fsync off[^\n]*$/);
  });

  test("takes another port when its own is taken", async () => {
    const first = await databases.open();
    await databases.close(first);
    const squatter = net.createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    const second = await databases.open();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    await new Promise((resolve) => squatter.close(resolve));
  });

  test("a start that was killed while it made the database is repeated", async () => {
    mkdirSync(path.join(databases.home, "data-new-abc"), { recursive: true });
    writeFileSync(path.join(databases.home, "password"), "half");
    await databases.open();
    expect(readdirSync(databases.home).filter((name) => name.startsWith("data-new-"))).toEqual([]);
  });
});

describe.runIf(isRoot)("started by root", () => {
  test("the database runs as somebody else", async () => {
    await databases.open();
    expect(statSync(`/proc/${databases.postmasterPid}`).uid).not.toBe(0);
    expect(statSync(databases.home).uid).toBe(statSync(`/proc/${databases.postmasterPid}`).uid);
  });

  test("a data folder that this user can't reach: the data goes to /var/lib/hooklens, and the start says so", async () => {
    const hidden = path.join(databases.dataDir, "below");
    const database = await databases.open(hidden);
    const place =
      /^\S.*: its data is in (\/var\/lib\/hooklens\/data-[0-9a-f]{12})\.$/.exec(
        database.note ?? "",
      )?.[1] ?? "";
    try {
      expect(database.note).toContain(`can't reach ${hidden}`);
      expect(database.description).toContain(place);
      await write(database, "kept");
      await databases.close(database);
      expect(await count(await databases.open(hidden))).toBe(1);
    } finally {
      await databases.closeAll();
      rmSync(place, { recursive: true, force: true });
    }
  });
});
