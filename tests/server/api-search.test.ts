import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Page } from "#lib/contract/bins.ts";
import { FILTERS_MAX, type SavedFilter } from "#lib/contract/filters.ts";
import type { Suggestions } from "#lib/contract/suggestions.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { queryText } from "#tests/helpers/search-samples.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { createListing, seqs } from "#tests/helpers/listing.ts";

const call = createCall(server);
const { list, counts } = createListing(call);

describe("a plain search", () => {
  test("looks in method, target, headers and the body's beginning, in any letter case", async () => {
    const bin = await mint(call);
    const put = (path: string, body?: Buffer | string, headers = {}) =>
      call(body === undefined ? "GET" : "POST", `/in/${bin.id}${path}`, { body, headers });
    await put("/orders/100%25?x=a_b", "Hello W\u00f6rld");
    await put("/x", Buffer.from([0, 1, 0xff, 0x41, 0x42, 0x43]), { "X-Sig": "t=1,v1=AbC" });
    await put(
      "/y",
      Buffer.concat([Buffer.alloc(65_530, "."), Buffer.from("inside"), Buffer.from("beyond")]),
    );
    await put(
      "/z",
      Buffer.concat([Buffer.from("early"), Buffer.alloc(300 * 1024, "."), Buffer.from("late")]),
    );
    await put("/plain");
    const found = async (q: string) => seqs(await list(bin, `?q=${encodeURIComponent(q)}`));
    expect(await found("")).toEqual([5, 4, 3, 2, 1]);
    expect(await found("hello")).toEqual([1]);
    expect(await found("W\u00f6rld")).toEqual([1]);
    expect(await found('"x-sig: T=1"')).toEqual([2]);
    expect(await found("abc")).toEqual([2]);
    expect(await found("get")).toEqual([5]);
    expect(await found("orders post")).toEqual([1]);
    expect(await found("orders get")).toEqual([]);
    expect(await found('"hello w\u00f6rld"')).toEqual([1]);
    expect(await found("insid")).toEqual([3]);
    expect(await found("beyond")).toEqual([]);
    expect(await found("early")).toEqual([4]);
    expect(await found("late")).toEqual([]);
    expect(await found("100%")).toEqual([1]);
    expect(await found("a_b")).toEqual([1]);
    expect(await found("a%b")).toEqual([]);
    const paged = await list(bin, "?q=post&limit=3");
    expect(seqs(paged)).toEqual([4, 3, 2]);
    expect(seqs(await list(bin, `?q=post&limit=3&cursor=${paged.next}`))).toEqual([1]);
  });

  test("asks for fields, with OR, not and comparisons", async () => {
    const bin = await mint(call);
    const post = (path: string, body: string, headers = {}) =>
      call("POST", `/in/${bin.id}${path}`, { body, headers });
    await post("/a?page=2", '{"amount": 1500, "lines": [{"sku": "x-1"}]}', {
      "Content-Type": "text/plain",
      "X-Kind": "order",
    });
    await post("/b", '{"amount": 99.5, "lines": []}', { "Content-Type": "application/json" });
    await post("/b/c", "amount=7&card[last]=4242", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    const found = async (q: string) => seqs(await list(bin, `?q=${encodeURIComponent(q)}`));
    expect(await found("body.amount>100")).toEqual([1]);
    expect(await found("body.amount<=99.5")).toEqual([3, 2]);
    expect(await found("body.lines[0].sku:X-*")).toEqual([1]);
    expect(await found("body.card.last:4242")).toEqual([3]);
    expect(await found("query.page:2 OR path:/b")).toEqual([2, 1]);
    expect(await found("-path:/b* method:post")).toEqual([1]);
    expect(await found("header.x-kind:order")).toEqual([1]);
    expect(await found("type:application/json")).toEqual([2]);
    expect(await found("status:200 -(id:1 OR id:2)")).toEqual([3]);
    expect(await found("forward:*")).toEqual([]);
    expect(await found("at>-10m size>20b")).toEqual([3, 2, 1]);
  });

  test.each([
    ["evnt:ping", "Column 1: expected a field, not evnt"],
    ["push size>big", "Column 11: expected a size in bytes"],
    ["(a OR", "Column 6: expected a term after OR."],
  ])("a mistake is told with its column: %s", async (query, expected) => {
    const { id, key } = await mint(call);
    const answer = await call("GET", `/api/bins/${id}/requests?q=${encodeURIComponent(query)}`, {
      key,
    });
    expect(answer.status).toBe(400);
    const detail = expect.stringContaining(expected) as string;
    expect(answer.json()).toMatchObject({
      code: "invalid_query",
      detail,
      errors: [{ pointer: "?q", detail }],
    });
  });

  test("a quote left open is told with its column", async () => {
    const { id, key } = await mint(call);
    const answer = await call("GET", `/api/bins/${id}/requests?q=a%20%22b`, { key });
    const detail = 'Column 5: expected a closing " for the one at column 3.';
    expect(answer.json()).toMatchObject({
      code: "invalid_query",
      detail,
      errors: [{ pointer: "?q", detail }],
    });
  });
});

describe("saved filters", () => {
  test("are kept under names, which are one of a kind, and told to open pages", async () => {
    const { id, key } = await mint(call);
    const path = `/api/bins/${id}/filters`;
    const tap = await tapLive(server.origin, { bin: id, key });
    await tap.next("requests");
    const saved = await call("POST", path, { key, body: { name: " Big ", q: "size>10kb" } });
    expect(saved.status).toBe(201);
    await tap.next("bin");
    const big = saved.json<SavedFilter>();
    expect(big).toMatchObject({ name: "Big", q: "size>10kb" });
    const paid = { name: "\u00c4 paid", q: 'event:"invoice paid" OR -body.n>1' };
    expect((await call("POST", path, { key, body: paid })).status).toBe(201);
    const taken = await call("POST", path, { key, body: { name: "BIG", q: "x" } });
    expect(taken.json()).toMatchObject({ code: "filter_exists", errors: [{ pointer: "/name" }] });

    const change = (patch: object) => call("PATCH", `${path}/${big.id}`, { key, body: patch });
    expect((await change({ q: "size>20kb", name: "big" })).json()).toMatchObject({ name: "big" });
    expect((await change({ name: paid.name })).status).toBe(409);
    expect((await change({})).status).toBe(422);
    const names = async () =>
      (await call("GET", path, { key })).json<Page<SavedFilter>>().items.map(({ name }) => name);
    expect(await names()).toEqual([paid.name, "big"]);
    expect((await call("DELETE", `${path}/${big.id}`, { key })).status).toBe(204);
    for (const gone of [big.id, "nobody"]) {
      const answer = await call("DELETE", `${path}/${gone}`, { key });
      expect(answer.json()).toMatchObject({ code: "filter_not_found" });
    }
    expect(await names()).toEqual([paid.name]);
    const other = await mint(call);
    const foreign = await call("GET", `/api/bins/${other.id}/filters`, { key: other.key });
    expect(foreign.json()).toEqual({ items: [], next: null });
    tap.close();
  });

  test("are refused where the query can't be read, and beyond fifty", async () => {
    const { id, key } = await mint(call);
    const save = (name: string, q: string) =>
      call("POST", `/api/bins/${id}/filters`, { key, body: { name, q } });
    expect((await save("x", "a event:")).json()).toMatchObject({
      code: "invalid_fields",
      errors: [{ pointer: "/q", detail: "Column 9: expected a value after event:" }],
    });
    for (const [name, q] of [
      ["", "a"],
      ["x".repeat(61), "a"],
      ["x", " "],
      ["x", "a".repeat(1001)],
    ] as const) {
      expect((await save(name, q)).status).toBe(422);
    }
    // They wait for each other; a busy machine would be out of patience with all of them at once.
    const early = FILTERS_MAX - 5;
    for (let at = 0; at < early; at += 1) {
      expect((await save(`n${at}`, "a")).status).toBe(201);
    }
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, at) => save(`n${early + at}`, "a")),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(all.find(({ status }) => status !== 201)?.json()).toMatchObject({
      code: "too_many_filters",
    });
  });
});

test("what a query may ask for is told by the newest requests, and no more once they are cleared", async () => {
  const bin = await mint(call);
  const told = async () => {
    const { id, key } = bin;
    const answer = await call("GET", `/api/bins/${id}/search/suggestions`, { key });
    return answer.json<Suggestions>();
  };
  expect(await told()).toEqual({ looked: 0, places: [] });
  const headers = { "X-GitHub-Event": "push", "Content-Type": "application/json" };
  const body = '{"ref": "refs/heads/main", "n": [1, 2], "s": "7"}';
  await call("PUT", `/in/${bin.id}/hook?a=b%20c`, { body, headers });
  const { looked, places } = await told();
  expect(looked).toBe(1);
  expect(places).toEqual(
    expect.arrayContaining([
      { field: "method", type: "text", values: ["PUT"] },
      { field: "header.x-github-event", type: "text", values: ["push"] },
      { field: "query.a", type: "text", values: ['"b c"'] },
      { field: "body.n[*]", type: "number", values: ["1", "2"] },
      { field: "body.s", type: "text", values: ['"7"'] },
    ]),
  );
  await call("DELETE", `/api/bins/${bin.id}/requests`, { key: bin.key });
  expect(await told()).toEqual({ looked: 0, places: [] });
});

describe("any text as a query", () => {
  test("is a page or a mistake with its column, and never more: nothing else comes of it", async () => {
    const bin = await mint(call);
    const other = await mint(call);
    const bodies = [
      "a".repeat(9_000),
      `{"a":${"[".repeat(3000)}`,
      '{"a":{"b":"\\u0000 1"}}',
      "\0%_",
    ];
    for (const body of bodies) await call("POST", `/in/${bin.id}/a'%_a"`, { body });
    await call("POST", `/in/${other.id}/other`, { body: "aaaa" });
    const ask = async (text: string) => {
      const q = encodeURIComponent(text.toWellFormed());
      const answer = await call("GET", `/api/bins/${bin.id}/requests?q=${q}`, { key: bin.key });
      if (answer.status === 200) {
        const { items } = answer.json<Page<RequestSummary>>();
        expect(items.length).toBeLessThanOrEqual(bodies.length);
        expect(items.every(({ target }) => target.startsWith("/a"))).toBe(true);
      } else {
        const { code, detail } = answer.json<{ code: string; detail: string }>();
        expect([text, answer.status, code]).toEqual([text, 400, "invalid_query"]);
        expect(detail).toMatch(/^Column \d+: expected|^\?q: At most/);
      }
    };
    const sign = fc.constantFrom(..."\"\\'()-:<>=.*[]%_; \t\0#/a1{}|$?+^".split(""));
    const broken = fc.tuple(queryText, fc.nat(), sign, fc.nat(3)).map(([text, at, char, cut]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + char + text.slice(place + cut);
    });
    const injected = fc.constantFrom(
      "event:' OR 1=1 --",
      `path:"'; DROP TABLE requests; --"`,
      "method:$1",
      "ip:\\",
      "event:%",
      'type:"\\\\%"',
    );
    const any = fc.oneof(
      { weight: 3, arbitrary: broken },
      { weight: 2, arbitrary: fc.string({ unit: sign, maxLength: 40 }) },
      fc.string({ unit: "binary", maxLength: 40 }),
      injected,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 8, maxLength: 8 }), async (texts) => {
        await Promise.all(texts.map(ask));
      }),
      { numRuns: 9 },
    );
    expect(await counts(bin)).toEqual([bodies.length, 1, bodies.length, 0]);
    expect(await counts(other)).toEqual([1, 1, 1, 0]);
  });

  test("with many wildcards takes one look at each place, whatever stands between them", async () => {
    const bin = await mint(call);
    const path = "a".repeat(8000);
    for (let at = 0; at < 30; at++) {
      await call("POST", `/in/${bin.id}/${path}`, { body: `{"a":"${"a".repeat(60_000)}"}` });
    }
    // A matcher that goes back would take longer than the sun has left.
    const stars = "a*".repeat(240);
    const none = [`${stars}b`, `path:*${stars}b`, `body.a:*${stars}b`, `header.*:*${stars}b`];
    const each = [`path:/${stars}`, `body.a:${stars}`, `-path:*${stars}b`];
    none.push(`(${"-(".repeat(8)}path:*${stars}b${")".repeat(8)})`);
    for (const q of [...none, ...each]) {
      let found = 0;
      for (let next: string | null = ""; next !== null; ) {
        const cursor: string = next && `&cursor=${next}`;
        const page: Page<RequestSummary> = await list(bin, `?q=${encodeURIComponent(q)}${cursor}`);
        found += page.items.length;
        next = page.next;
      }
      expect([q, found]).toEqual([q, none.includes(q) ? 0 : 30]);
    }
  });
});
