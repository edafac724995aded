import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { SigningSecret } from "#lib/contract/secrets.ts";
import { type Answer, type Call, createCall, mint } from "#tests/helpers/call.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const execute = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");
const SECRET_KEY = "a key for the tests of secrets";
const VALUE = "whsec_dGhpcyBpcyBub3QgYSByZWFsIHNlY3JldA==";

let database: TestDatabase;
let server: TestServer;
let call: Call;
let bin: BinMinted;

beforeAll(async () => {
  database = await createDatabase();
  const env = { SECRET_KEY, LOG_LEVEL: "debug" };
  server = await startServer({ databaseUrl: database.url, env });
  call = createCall(server);
  bin = await mint(call);
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const add = (body: unknown, { id, key } = bin): Promise<Answer> =>
  call("POST", `/api/bins/${id}/secrets`, { key, body });
const list = async ({ id, key } = bin): Promise<SigningSecret[]> =>
  (await call("GET", `/api/bins/${id}/secrets`, { key })).json<Page<SigningSecret>>().items;
const detailOf = (answer: Answer) =>
  answer.json<{ errors?: { pointer: string; detail: string }[] }>().errors?.[0];

describe("signing secrets", () => {
  test("go in and never come out again: not in an answer, not in the table, not in the log", async () => {
    const added = await add({ provider: "stripe", secret: ` ${VALUE}\n`, label: " live " });
    expect([added.status, added.json()]).toEqual([
      201,
      {
        id: expect.any(String),
        provider: "stripe",
        label: "live",
        publicKey: null,
        learnedFrom: null,
        createdAt: expect.any(String),
        lastUsedAt: null,
      },
    ]);
    const listed = await call("GET", `/api/bins/${bin.id}/secrets`, { key: bin.key });
    expect(listed.json()).toEqual({ items: [added.json()], next: null });
    const { rows } = await run(database.url, "SELECT s::text AS row FROM secrets AS s");
    const hex = Buffer.from(VALUE).toString("hex");
    for (const text of [added.text, listed.text, JSON.stringify(rows), server.output()]) {
      expect(text).not.toContain(VALUE);
      expect(text).not.toContain(hex);
    }
  });

  test("several of one provider are kept, newest first, in pages, and removed one by one", async () => {
    const own = await mint(call);
    for (const secret of ["one", "two", "three"]) await add({ provider: "github", secret }, own);
    await add({ provider: "stripe", secret: "whsec_four", label: "four" }, own);
    const path = `/api/bins/${own.id}/secrets`;
    const first = (await call("GET", `${path}?limit=3`, { key: own.key })).json<
      Page<SigningSecret>
    >();
    expect(first.items.map(({ provider }) => provider)).toEqual(["stripe", "github", "github"]);
    const rest = await call("GET", `${path}?limit=3&cursor=${first.next}`, { key: own.key });
    expect(rest.json<Page<SigningSecret>>().items).toHaveLength(1);
    const gone = `${path}/${first.items[0]?.id}`;
    expect((await call("DELETE", gone, { key: own.key })).status).toBe(204);
    expect(await list(own)).toHaveLength(3);
    const again = await call("DELETE", gone, { key: own.key });
    expect([again.status, again.json().code]).toEqual([404, "secret_not_found"]);
    expect((await call("DELETE", `${path}/x`, { key: own.key })).status).toBe(404);
  });

  test.each([
    [{ provider: "nobody", secret: "x" }, "/provider", /misspelt/],
    [
      { provider: "stripe", secret: "sk_live_51H" },
      "/secret",
      /not how a secret of Stripe.*Webhooks/,
    ],
    [{ provider: "svix", secret: "whsec_not base64!" }, "/secret", /not base64/],
    [{ provider: "github", secret: "  " }, "/secret", /Paste/],
    [{ provider: "github", secret: "hlk_abc" }, "/secret", /Hooklens bin/],
    [{ provider: "github", secret: "x".repeat(8_193) }, "/secret", /At most 8192/],
    [{ provider: "github" }, "/secret", /./],
    [{ provider: "github", secret: "x", value: "y" }, "/value", /Unknown field/],
  ])("%j is refused with what to do", async (body, pointer, detail) => {
    const answer = await add(body);
    expect([answer.status, detailOf(answer)]).toEqual([
      422,
      { pointer, detail: expect.stringMatching(detail) },
    ]);
  });

  test("the same one twice is refused, and so are more than ten of a provider", async () => {
    const own = await mint(call);
    await add({ provider: "github", secret: "0" }, own);
    const same = await add({ provider: "github", secret: "0" }, own);
    expect(detailOf(same)).toEqual({ pointer: "/secret", detail: "This one is kept already" });
    const more = Array.from({ length: 12 }, (_, at) => String(at + 1));
    const answers = await Promise.all(
      more.map((secret) => add({ provider: "github", secret }, own)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
    const refused = answers.find(({ status }) => status !== 201);
    expect([refused?.status, refused?.json().code]).toEqual([409, "too_many_secrets"]);
    expect((await add({ provider: "gitea", secret: "0" }, own)).status).toBe(201);
  });

  test("nobody sees or changes those of another bin", async () => {
    const other = await mint(call);
    const added = (await add({ provider: "stripe", secret: "whsec_theirs" }, other)).json();
    for (const path of [
      `/api/bins/${other.id}/secrets`,
      `/api/bins/${other.id}/secrets/${added.id}`,
    ]) {
      const method = path.endsWith("secrets") ? "GET" : "DELETE";
      expect((await call(method, path, { key: bin.key })).status).toBe(403);
      expect((await call(method, path)).status).toBe(401);
    }
    const foreign = await call("DELETE", `/api/bins/${bin.id}/secrets/${added.id}`, {
      key: bin.key,
    });
    expect(foreign.status).toBe(404);
    expect(await list(other)).toHaveLength(1);
  });

  test("go with their bin", async () => {
    const own = await mint(call);
    await add({ provider: "github", secret: "x" }, own);
    await call("DELETE", `/api/bins/${own.id}`, { key: own.key });
    const { rows } = await run(database.url, `SELECT 1 FROM secrets WHERE bin_id = '${own.id}'`);
    expect(rows).toEqual([]);
  });
});

test("a server with an outside database and no SECRET_KEY says so when a secret is added", async () => {
  const empty = await createDatabase();
  const without = await startServer({ databaseUrl: empty.url });
  const callIt = createCall(without);
  const own = await mint(callIt);
  const refused = await callIt("POST", `/api/bins/${own.id}/secrets`, {
    key: own.key,
    body: { provider: "stripe", secret: VALUE },
  });
  expect([refused.status, refused.json().code]).toEqual([409, "no_secret_key"]);
  expect(refused.json<{ detail: string }>().detail).toContain("SECRET_KEY");
  await without.stop();
  await empty.drop();
});

test("the wrong SECRET_KEY ends the start with one line", async () => {
  const env = { SECRET_KEY: "another key that never sealed" };
  const starting = startServer({ databaseUrl: database.url, env });
  await expect(starting).rejects.toThrow(
    /^Hooklens can't start\. SECRET_KEY does not open [^\n]+$/m,
  );
});

test("`npm run reseal` seals with the new key what the old one had sealed; then the old one opens nothing", async () => {
  const manifest = readFileSync(path.join(ROOT, "package.json"), "utf8");
  expect(JSON.parse(manifest).scripts.reseal).toBe("node server.ts --reseal");
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    SECRET_KEY: `the key that comes after,${SECRET_KEY}`,
  };
  const { stdout } = await execute(process.execPath, ["server.ts", "--reseal"], { cwd: ROOT, env });
  expect(stdout).toMatch(/^Sealed anew with the first key: [1-9]\d*\n$/);
  const starting = startServer({ databaseUrl: database.url, env: { SECRET_KEY } });
  await expect(starting).rejects.toThrow(/SECRET_KEY does not open/);
});
