import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { type Database, openDatabase } from "#lib/store/database.ts";
import { end, endAll, holdDatabase } from "#tests/helpers/holders.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

const isRoot = process.getuid?.() === 0;
const log = createLog("silent");
/** A killed database must take captures again within this time. */
const BACK_MS_MAX = 10_000;

let dataDir: string;
let opened: Database[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-embedded-"));
});

afterEach(async () => {
  await Promise.all(opened.map((database) => database.stop()));
  opened = [];
  await endAll();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(folder = dataDir): Promise<Database> {
  const database = await openDatabase(readConfig({ DATA_DIR: folder, NODE_ENV: "test" }), log);
  opened.push(database);
  return database;
}

async function close(database: Database): Promise<void> {
  opened = opened.filter((one) => one !== database);
  await database.stop();
}

const home = () => path.join(dataDir, "postgres");
const postmasterPid = (folder = home()) =>
  Number(readFileSync(path.join(folder, "data/postmaster.pid"), "utf8").split("\n")[0]);
const write = (database: Database, text: string) =>
  database.pool.query("INSERT INTO bins (id, name) VALUES ($1, $1)", [text]);
const count = async (database: Database) =>
  (await database.pool.query("SELECT id FROM bins")).rowCount;

async function untilBack(database: Database): Promise<number> {
  const since = Date.now();
  while (Date.now() - since < BACK_MS_MAX) {
    if (
      await database.pool.query("SELECT 1").then(
        () => database.isUp(),
        () => false,
      )
    ) {
      return Date.now() - since;
    }
    await sleep(10);
  }
  throw new Error("not back");
}

describe("the embedded database", () => {
  test("is made, keeps its data and its port over a restart", async () => {
    const first = await open();
    await write(first, "kept");
    await close(first);
    expect(existsSync(path.join(home(), "data/postmaster.pid"))).toBe(false);
    const second = await open();
    expect(await count(second)).toBe(1);
    expect(second.url).toBe(first.url);
    expect(second.description).toContain(home());
    expect(second.description).not.toContain(new URL(second.url).password);
  });

  test("is reached on 127.0.0.1 with its password only", async () => {
    const { url } = await open();
    const { rows } = await run(
      url,
      "SELECT current_setting('listen_addresses') AS tcp, current_setting('unix_socket_directories') AS socket",
    );
    expect(rows).toEqual([{ tcp: "127.0.0.1", socket: "" }]);
    expect(statSync(path.join(home(), "password")).mode & 0o777).toBe(0o600);
    expect(statSync(home()).mode & 0o777).toBe(0o700);
    const guessed = Object.assign(new URL(url), { password: "guess" }).href;
    await expect(run(guessed, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("commits synchronously, whatever the server was told", async () => {
    const database = await open();
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
    const database = await open();
    await database.pool.query("ALTER SYSTEM SET fsync = off");
    await close(database);
    await expect(open()).rejects.toThrow(/^The database runs with fsync off[^\n]*$/);
  });

  test("takes another port when its own is taken", async () => {
    const first = await open();
    await close(first);
    const squatter = net.createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    const second = await open();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    await new Promise((resolve) => squatter.close(resolve));
  });

  test("a start that was killed while it made the database is repeated", async () => {
    mkdirSync(path.join(home(), "data-new-abc"), { recursive: true });
    writeFileSync(path.join(home(), "password"), "half");
    await open();
    expect(readdirSync(home()).filter((name) => name.startsWith("data-new-"))).toEqual([]);
  });
});

describe("a database that is killed", () => {
  test("with kill -9 on the postmaster is restarted, twice, and keeps what was committed", async () => {
    const database = await open();
    for (const name of ["first", "second"]) {
      await write(database, name);
      process.kill(postmasterPid(), "SIGKILL");
      await until(() => !database.isUp(), "the loss to be noticed");
      expect(await untilBack(database)).toBeLessThan(BACK_MS_MAX);
    }
    expect(await count(database)).toBe(2);
  });

  test("with kill -9 on the process behind one connection is back as well", async () => {
    const database = await open();
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
    const database = await open();
    const client = await database.pool.connect();
    await client.query("BEGIN");
    process.kill(postmasterPid(), "SIGKILL");
    await sleep(50);
    await expect(client.query("COMMIT")).rejects.toThrow();
    client.release(true);
    await untilBack(database);
  });

  test("during the stop does not hold it up", async () => {
    const database = await open();
    process.kill(postmasterPid(), "SIGKILL");
    const since = Date.now();
    await close(database);
    expect(Date.now() - since).toBeLessThan(5_000);
  });
});

describe("a data folder", () => {
  test("belongs to one server: a second start ends with one line", async () => {
    const first = await holdDatabase(dataDir);
    const second = await holdDatabase(dataDir);
    expect(second.refused).toBe(
      `Another Hooklens server is using ${dataDir} (process ${first.child.pid}). Stop it, or start this one with another DATA_DIR.`,
    );
    expect(await run(first.url ?? "", "SELECT 1")).toBeDefined();
  });

  test("of four servers that start at the same instant one gets it", async () => {
    const holders = await Promise.all([1, 2, 3, 4].map(() => holdDatabase(dataDir)));
    expect(holders.filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(holders.filter(({ refused }) => refused?.startsWith("Another Hooklens"))).toHaveLength(
      3,
    );
  });

  test("stays with its server while the database restarts", async () => {
    await holdDatabase(dataDir);
    process.kill(postmasterPid(), "SIGKILL");
    expect((await holdDatabase(dataDir)).refused).toMatch(/^Another Hooklens/);
  });

  test("of a server that was killed is taken over, and the database it left running with it", async () => {
    const first = await holdDatabase(dataDir);
    await run(first.url ?? "", "INSERT INTO bins (id) VALUES ('kept')");
    const left = postmasterPid();
    await end(first, "SIGKILL");
    expect(() => process.kill(left, 0)).not.toThrow();
    const database = await open();
    expect(postmasterPid()).not.toBe(left);
    expect(await count(database)).toBe(1);
  });

  test("where server and database were killed at once is recovered", async () => {
    const first = await holdDatabase(dataDir);
    await run(first.url ?? "", "INSERT INTO bins (id) VALUES ('kept')");
    const left = postmasterPid();
    await end(first, "SIGKILL");
    process.kill(left, "SIGKILL");
    expect(await count(await open())).toBe(1);
  });

  test("with the number of a stranger in postmaster.pid is not held up by it", async () => {
    await close(await open());
    const stranger = spawn("sleep", ["60"]);
    writeFileSync(
      path.join(home(), "data/postmaster.pid"),
      `${stranger.pid}\n${home()}/data\n1\n1\n\n\n\n`,
    );
    await open();
    expect(stranger.exitCode).toBe(null);
    stranger.kill();
  });
});

describe.runIf(isRoot)("started by root", () => {
  test("the database runs as somebody else", async () => {
    await open();
    expect(statSync(`/proc/${postmasterPid()}`).uid).not.toBe(0);
    expect(statSync(home()).uid).toBe(statSync(`/proc/${postmasterPid()}`).uid);
  });

  test("a data folder that this user can't reach: the data goes to /var/lib/hooklens, and the start says so", async () => {
    const hidden = path.join(dataDir, "below");
    const database = await open(hidden);
    const place =
      /^\S.*: its data is in (\/var\/lib\/hooklens\/data-[0-9a-f]{12})\.$/.exec(
        database.note ?? "",
      )?.[1] ?? "";
    try {
      expect(database.note).toContain(`can't reach ${hidden}`);
      expect(database.description).toContain(place);
      await write(database, "kept");
      await close(database);
      expect(await count(await open(hidden))).toBe(1);
    } finally {
      await Promise.all(opened.splice(0).map((one) => one.stop()));
      rmSync(place, { recursive: true, force: true });
    }
  });
});

describe("an outside database", () => {
  test("that is not there ends the start with one line, without the password", async () => {
    const url = "postgresql://someone:secret@127.0.0.1:1/nowhere";
    const config = readConfig({ DATABASE_URL: url, NODE_ENV: "test" });
    const opening = openDatabase(config, log);
    await expect(opening).rejects.toThrow(
      /^The database can't be used: connect ECONNREFUSED 127\.0\.0\.1:1\.$/,
    );
  }, 40_000);

  test("with the wrong password ends the start at once", async () => {
    const { url } = await open();
    const config = readConfig({
      DATABASE_URL: Object.assign(new URL(url), { password: "wrong" }).href,
      NODE_ENV: "test",
    });
    await expect(openDatabase(config, log)).rejects.toThrow(
      /^The database can't be used: password authentication failed/,
    );
  });
});

test("no database of these tests is left running", () => {
  const running = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  expect(
    running
      .split("\n")
      .filter((line) => line.includes("hooklens-embedded-") && line.includes("-D ")),
  ).toEqual([]);
});
