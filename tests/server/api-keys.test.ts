import { beforeAll, describe, expect, test } from "vitest";
import type { Bin, Key, KeyMinted, Page } from "#lib/contract/bins.ts";
import { cookieOf, createCall, mint } from "#tests/helpers/call.ts";
import type { TestServer } from "#tests/helpers/server.ts";
import { databaseUrl, near as server, startBeside } from "#tests/helpers/shared-servers.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const SOON = { timeout: 10_000 };

const call = createCall(server);
const page = { Origin: server.origin };

describe("keys", () => {
  const mintKey = async (id: string, key: string, label?: string) =>
    (
      await call("POST", `/api/bins/${id}/keys`, { key, body: label ? { label } : undefined })
    ).json<KeyMinted>();

  test("a further key is shown once, opens the bin, and is listed without its secret", async () => {
    const { id, key } = await mint(call);
    const minted = await mintKey(id, key, " laptop ");
    expect(minted).toEqual({
      id: expect.any(String),
      label: "laptop",
      createdAt: expect.any(String),
      lastUsedAt: null,
      key: expect.stringMatching(/^hlk_/),
    });
    expect((await call("GET", `/api/bins/${id}`, { key: minted.key })).status).toBe(200);
    const listed = await call("GET", `/api/bins/${id}/keys`, { key });
    const { items, next } = listed.json<Page<Key>>();
    expect(items.map((item) => item.label)).toEqual(["laptop", "First key"]);
    expect(next).toBeNull();
    expect(listed.text).not.toContain("hlk_");
  });

  test("its last use is noted", async () => {
    const { id, key } = await mint(call);
    await expect
      .poll(async () => {
        const listed = await call("GET", `/api/bins/${id}/keys`, { key });
        return listed.json<Page<Key>>().items[0]?.lastUsedAt;
      }, SOON)
      .toMatch(/^\d{4}-/);
  });

  test("pages are newest first, without gaps or doubles", async () => {
    const { id, key } = await mint(call);
    for (const label of ["1", "2", "3", "4"]) await mintKey(id, key, label);
    const labels: string[] = [];
    let path = `/api/bins/${id}/keys?limit=2`;
    for (let pages = 0; pages < 5; pages++) {
      const { items, next } = (await call("GET", path, { key })).json<Page<Key>>();
      labels.push(...items.map((item) => item.label));
      if (!next) break;
      path = `/api/bins/${id}/keys?limit=2&cursor=${next}`;
    }
    expect(labels).toEqual(["4", "3", "2", "1", "First key"]);
  });

  test("a revoked key opens nothing any more; the last one stays", async () => {
    const { id, key } = await mint(call);
    const second = await mintKey(id, key);
    const path = `/api/bins/${id}/keys/${second.id}`;
    expect((await call("DELETE", path, { key })).status).toBe(204);
    expect((await call("GET", `/api/bins/${id}`, { key: second.key })).json().code).toBe(
      "forbidden",
    );
    expect((await call("DELETE", path, { key })).json().code).toBe("key_not_found");
    const [left] = (await call("GET", `/api/bins/${id}/keys`, { key })).json<Page<Key>>().items;
    const last = await call("DELETE", `/api/bins/${id}/keys/${left?.id}`, { key });
    expect([last.status, last.json().code]).toEqual([409, "last_key"]);
  });

  test("two that revoke each other at once leave one", async () => {
    const { id, key } = await mint(call);
    const second = await mintKey(id, key);
    const items = (await call("GET", `/api/bins/${id}/keys`, { key })).json<Page<Key>>().items;
    const first = items.find((item) => item.id !== second.id);
    const answers = await Promise.all([
      call("DELETE", `/api/bins/${id}/keys/${second.id}`, { key }),
      call("DELETE", `/api/bins/${id}/keys/${first?.id}`, { key: second.key }),
    ]);
    expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
  });

  test("another bin's key id is unknown here, and so is no id at all", async () => {
    const [mine, theirs] = [await mint(call), await mint(call)];
    const listed = await call("GET", `/api/bins/${theirs.id}/keys`, { key: theirs.key });
    const foreign = listed.json<Page<Key>>().items[0]?.id;
    for (const keyId of [foreign, "x", "%00", "00000000-0000-7000-8000-000000000000"]) {
      const answer = await call("DELETE", `/api/bins/${mine.id}/keys/${keyId}`, { key: mine.key });
      expect([answer.status, answer.json().code], keyId).toEqual([404, "key_not_found"]);
    }
    expect((await call("GET", `/api/bins/${theirs.id}`, { key: theirs.key })).status).toBe(200);
  });
});

describe("a browser's session", () => {
  const binsOf = async (cookie: string) =>
    (await call("GET", "/api/bins", { headers: { Cookie: cookie } }))
      .json<Page<Bin>>()
      .items.map((bin) => bin.id);

  test("begins when our own page mints, and holds every bin minted there, newest first", async () => {
    const first = await call("POST", "/api/bins", { headers: page });
    const cookie = cookieOf(first);
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      /^hooklens_session=[\w-]{27}; Path=\/api; Max-Age=34560000; HttpOnly; SameSite=Lax$/,
    );
    const second = await call("POST", "/api/bins", { headers: { ...page, Cookie: cookie } });
    expect(cookieOf(second)).toBe(cookie);
    expect(await binsOf(cookie)).toEqual([second.json().id, first.json().id]);
    const path = `/api/bins/${first.json().id}`;
    expect((await call("GET", path, { headers: { Cookie: cookie } })).status).toBe(200);
    const change = { headers: { ...page, Cookie: cookie }, body: { name: "mine" } };
    expect((await call("PATCH", path, change)).json().name).toBe("mine");
  });

  test("a script's mint sets no cookie, and without a cookie the list is empty", async () => {
    expect((await call("POST", "/api/bins")).headers["set-cookie"]).toBeUndefined();
    expect((await call("GET", "/api/bins")).json()).toEqual({ items: [], next: null });
  });

  test("remembers a bin by its key, and forgets it", async () => {
    const { id, key } = await mint(call);
    const remembered = await call("PUT", `/api/session/bins/${id}`, { key, headers: page });
    const cookie = cookieOf(remembered);
    expect([remembered.status, await binsOf(cookie)]).toEqual([204, [id]]);
    const headers = { ...page, Cookie: cookie };
    expect((await call("DELETE", `/api/session/bins/${id}`, { headers })).status).toBe(204);
    expect(await binsOf(cookie)).toEqual([]);
    expect((await call("GET", `/api/bins/${id}`, { headers })).json().code).toBe("forbidden");
    expect((await call("GET", `/api/bins/${id}`, { key })).status).toBe(200);
  });

  test("ends for a bin with the key that it was remembered by", async () => {
    const { id, key } = await mint(call);
    const second = (await call("POST", `/api/bins/${id}/keys`, { key })).json<KeyMinted>();
    const put = await call("PUT", `/api/session/bins/${id}`, { key: second.key, headers: page });
    const headers = { ...page, Cookie: cookieOf(put) };
    expect((await call("GET", `/api/bins/${id}`, { headers })).status).toBe(200);
    await call("DELETE", `/api/bins/${id}/keys/${second.id}`, { key });
    expect((await call("GET", `/api/bins/${id}`, { headers })).json().code).toBe("forbidden");
    expect(await binsOf(headers.Cookie)).toEqual([]);
  });

  test("a cookie that we never gave is replaced, not taken", async () => {
    const planted = `hooklens_session=${"a".repeat(27)}`;
    const answer = await call("POST", "/api/bins", { headers: { ...page, Cookie: planted } });
    expect(cookieOf(answer)).not.toBe(planted);
    expect(await binsOf(planted)).toEqual([]);
  });

  test("slides: after a day away the cookie is sent again, after 400 it opens nothing", async () => {
    const first = await call("POST", "/api/bins", { headers: page });
    const headers = { Cookie: cookieOf(first) };
    const away = (days: number) =>
      run(
        databaseUrl,
        `UPDATE sessions SET last_seen_at = now() - interval '${days} days'
          WHERE id IN (SELECT session_id FROM session_bins WHERE bin_id = '${first.json().id}')`,
      );
    for (const path of ["/api/bins", `/api/bins/${first.json().id}`]) {
      expect((await call("GET", path, { headers })).headers["set-cookie"]).toBeUndefined();
      await away(399);
      const again = await call("GET", path, { headers });
      expect([again.status, cookieOf(again)], path).toEqual([200, headers.Cookie]);
      await expect
        .poll(async () => (await call("GET", path, { headers })).headers["set-cookie"], SOON)
        .toBeUndefined();
    }
    await away(401);
    expect(await binsOf(headers.Cookie)).toEqual([]);
    expect((await call("GET", `/api/bins/${first.json().id}`, { headers })).status).toBe(403);
  });

  test("holds 200 bins; a deleted one makes room", async () => {
    const first = await call("POST", "/api/bins", { headers: page });
    const headers = { ...page, Cookie: cookieOf(first) };
    let held = 1;
    while (held < 200) {
      const more = Array.from({ length: Math.min(33, 200 - held) }, () =>
        call("POST", "/api/bins", { headers }),
      );
      // A busy machine may answer some of them with 503.
      held += (await Promise.all(more)).filter(({ status }) => status === 201).length;
    }
    const full = await call("POST", "/api/bins", { headers });
    expect([full.status, full.json().code]).toEqual([409, "session_full"]);
    const other = await mint(call);
    const put = await call("PUT", `/api/session/bins/${other.id}`, { key: other.key, headers });
    expect(put.json().code).toBe("session_full");
    await call("DELETE", `/api/bins/${first.json().id}`, { headers });
    expect((await call("POST", "/api/bins", { headers })).status).toBe(201);

    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor ? `?limit=90&cursor=${cursor}` : "?limit=90";
      const { items, next } = (await call("GET", `/api/bins${query}`, { headers })).json<
        Page<Bin>
      >();
      seen.push(...items.map((bin) => bin.id));
      cursor = next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([200, 200]);
  });
});

describe("behind a proxy with https", () => {
  const host = "hooks.example.com";
  let proxied: TestServer;
  const mintFrom = (address: string | null, more = {}, body?: unknown) =>
    createCall(proxied)("POST", "/api/bins", {
      body,
      headers: { Host: host, ...(address ? { "X-Forwarded-For": address } : {}), ...more },
    });

  beforeAll(async () => {
    const env = { PUBLIC_URL: `https://${host}`, MINT_RATE: "2", TRUST_PROXY: "loopback" };
    proxied = await startBeside(env);
  });

  test("the cookie is Secure", async () => {
    const answer = await mintFrom(null, { Origin: `https://${host}` });
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; Secure$/);
    expect(answer.json().url).toMatch(/^https:\/\/hooks\.example\.com\/in\//);
  });

  test("minting is limited by address, not on the own machine", async () => {
    const one = "203.0.113.7";
    expect((await mintFrom(one)).status).toBe(201);
    expect((await mintFrom(one, {}, { x: 1 })).status).toBe(422);
    expect((await mintFrom(one)).status).toBe(201);
    const refused = await mintFrom(one);
    expect([refused.status, refused.json().code]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3_000);
    expect((await mintFrom("2001:db8::1")).status).toBe(201);
    expect((await mintFrom("2001:db8::2")).status).toBe(201);
    expect((await mintFrom("2001:db8::3")).status).toBe(429);
    expect((await mintFrom("2001:db8:0:1::1")).status).toBe(201);
    for (let tries = 0; tries < 5; tries++) expect((await mintFrom(null)).status).toBe(201);
  });
});
