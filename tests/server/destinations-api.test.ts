import { beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { Destination } from "#lib/contract/destinations.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { databaseUrl, near as server } from "#tests/helpers/shared-servers.ts";
import { run as runSql } from "#tests/helpers/test-postgres.ts";

const URL = "http://127.0.0.1:1/hook";
const UNKNOWN = "018f0000-0000-7000-8000-000000000000";

const call = createCall(server);
let bin: BinMinted;

beforeAll(async () => {
  bin = await mint(call);
});

const path = (rest = "") => `/api/bins/${bin.id}/destinations${rest}`;
const ask = async (method: string, rest: string, body?: unknown) => {
  const answer = await call(method, path(rest), { key: bin.key, body });
  return { status: answer.status, body: answer.json() as Destination & Record<string, unknown> };
};

describe("a destination", () => {
  test("has its defaults, is listed, read, changed by a merge patch and deleted", async () => {
    const added = await ask("POST", "", { url: URL, enabled: false });
    expect(added).toMatchObject({
      status: 201,
      body: {
        url: URL,
        q: "",
        enabled: false,
        append: true,
        resign: false,
        ordered: false,
        headers: { add: [], remove: [] },
        retry: { maxAttempts: 12, maxAgeSeconds: 259_200, success: ["2xx"] },
        breaker: { failures: 5, probeSeconds: 30 },
        ratePerSecond: null,
        cursor: 0,
        behind: 0,
        missed: 0,
        counts: { pending: 0, failed: 0, dead: 0 },
        circuit: { state: "closed", failures: 0, openedAt: null, probeAt: null },
        blockedBy: null,
      },
    });
    const { id } = added.body;
    expect((await ask("GET", "")).body).toEqual({ items: [added.body], next: null });
    const patch = {
      q: "method:POST",
      retry: { maxAttempts: 3, success: ["2xx", 410] },
      headers: { add: [["Authorization", "Bearer x"]], remove: ["Cookie"] },
      ratePerSecond: 0.5,
    };
    const changed = await ask("PATCH", `/${id}`, patch);
    expect(changed.body).toEqual({
      ...added.body,
      ...patch,
      headers: { add: [["Authorization", null]], remove: ["Cookie"] },
      retry: { ...added.body.retry, ...patch.retry },
    });
    expect((await ask("GET", `/${id}`)).body).toEqual(changed.body);
    const back = { q: null, retry: null, headers: { add: null, remove: null } };
    expect((await ask("PATCH", `/${id}`, { ...back, ratePerSecond: null })).body).toEqual(
      added.body,
    );
    expect((await ask("DELETE", `/${id}`)).status).toBe(204);
    for (const [method, rest, body] of [
      ["GET", `/${id}`],
      ["PATCH", `/${id}`, {}],
      ["DELETE", `/${id}`],
      ["GET", `/${UNKNOWN}/forwards`],
      ["POST", "/nonsense/replay", {}],
    ] as const) {
      expect((await ask(method, rest, body)).body).toMatchObject({ code: "destination_not_found" });
    }
  });

  test("the values of the headers that it adds are sealed, and given out by nothing", async () => {
    const value = "Bearer of-what-is-sealed";
    const add = [
      ["Authorization", value],
      ["X-Env", "staging-7"],
    ];
    const { body: added } = await ask("POST", "", { url: URL, enabled: false, headers: { add } });
    const { id } = added;
    const resend = await call("POST", `/api/bins/${bin.id}/resends`, {
      key: bin.key,
      body: { to: URL, headers: { add } },
    });
    const stored = async () => {
      const { rows } = await runSql(
        databaseUrl,
        `SELECT d::text AS row, encode(headers_sealed, 'hex') AS sealed
         FROM destinations AS d WHERE bin_id = '${bin.id}' ORDER BY id`,
      );
      return JSON.stringify(rows);
    };
    const shown = async () =>
      JSON.stringify([(await ask("GET", "")).body, added, resend.text, await stored()]);
    expect(await shown()).not.toMatch(/of-what-is-sealed|staging-7/);
    expect(added.headers.add).toEqual([
      ["Authorization", null],
      ["X-Env", null],
    ]);

    const before = await stored();
    await ask("PATCH", `/${id}`, { headers: { remove: ["Cookie"] }, q: "method:POST" });
    expect(await stored()).toContain(/"sealed":"(\w+)"/.exec(before)?.[1]);
    const kept = {
      add: [
        ["x-env", null],
        ["New", "1"],
      ],
    };
    expect((await ask("PATCH", `/${id}`, { headers: kept })).body.headers.add).toEqual([
      ["x-env", null],
      ["New", null],
    ]);
    expect(await stored()).not.toContain(/"sealed":"(\w+)"/.exec(before)?.[1]);
    const gone = await ask("PATCH", `/${id}`, { headers: { add: [["Authorization", null]] } });
    expect(gone.body["errors"]).toMatchObject([{ pointer: "/headers/add/0/1" }]);
    await ask("PATCH", `/${id}`, { headers: null });
    expect((await ask("GET", `/${id}`)).body.headers).toEqual({ add: [], remove: [] });
    await ask("DELETE", `/${id}`);
  });

  test.each([
    [{}, "/url"],
    [{ url: "ftp://x/" }, "/url"],
    [{ url: "http://user:pass@x/" }, "/url"],
    [{ url: "http://h o/" }, "/url"],
    [{ url: URL, q: "method:" }, "/q"],
    [{ url: URL, q: "a OR" }, "/q"],
    [{ url: URL, colour: "red" }, "/colour"],
    [{ url: URL, retry: { tries: 3 } }, "/retry/tries"],
    [{ url: URL, retry: { maxAttempts: 0 } }, "/retry/maxAttempts"],
    [{ url: URL, retry: { success: ["9xx"] } }, "/retry/success/0"],
    [{ url: URL, retry: { success: [] } }, "/retry/success"],
    [{ url: URL, retry: { firstDelaySeconds: 10, maxDelaySeconds: 5 } }, "/retry/maxDelaySeconds"],
    [{ url: URL, breaker: { failures: -1 } }, "/breaker/failures"],
    [{ url: URL, ratePerSecond: 0 }, "/ratePerSecond"],
    [{ url: URL, headers: { add: [["a b", "1"]] } }, "/headers/add/0/0"],
    [{ url: URL, headers: { add: [["A", "1\r\nB: 2"]] } }, "/headers/add/0/1"],
    [{ url: URL, headers: { add: [["Host", "other.example"]] } }, "/headers/add/0/0"],
    [{ url: URL, headers: { add: [["content-length", "9"]] } }, "/headers/add/0/0"],
    [{ url: URL, headers: { add: [["Upgrade", "h2c"]] } }, "/headers/add/0/0"],
    [{ url: URL, headers: { add: [["Hooklens-Forward-Id", "x"]] } }, "/headers/add/0/0"],
    [{ url: URL, headers: { remove: ["Host"] } }, "/headers/remove/0"],
    [{ url: URL, headers: { remove: ["ok", "a:b"] } }, "/headers/remove/1"],
    [{ url: URL, headers: { remove: ["hooklens-forward-id"] } }, "/headers/remove/0"],
    [{ url: URL, from: "yesterday" }, "/from"],
    [{ url: URL, enabled: null }, "/enabled"],
  ])("%j is refused at %s", async (input, pointer) => {
    const refused = await ask("POST", "", input);
    expect(refused).toMatchObject({ status: 422, body: { code: "invalid_fields" } });
    expect(refused.body["errors"]).toMatchObject([{ pointer }]);
  });

  test("the bin's own capture URL is refused, under whatever name of the server", async () => {
    const { body: added } = await ask("POST", "", { url: URL, enabled: false });
    for (const url of [bin.url, `https://elsewhere.example/in/${bin.id}/x`]) {
      expect((await ask("POST", "", { url })).body["errors"]).toMatchObject([{ pointer: "/url" }]);
      const patched = await ask("PATCH", `/${added["id"]}`, { url });
      expect(patched.body["errors"]).toMatchObject([{ pointer: "/url" }]);
    }
    await ask("DELETE", `/${added["id"]}`);
  });

  test("a mistake in its query has its column", async () => {
    const { body } = await ask("POST", "", { url: URL, q: "method:POST (" });
    expect(JSON.stringify(body["errors"])).toMatch(/Column \d+: /);
  });

  test("there are at most 20 of one bin", async () => {
    const other = await mint(call);
    const add = async () =>
      (
        await call("POST", `/api/bins/${other.id}/destinations`, {
          key: other.key,
          body: { url: URL, enabled: false },
        })
      ).status;
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) statuses.push(await add());
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 409]);
  });
});
