import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { browserDraft, type BrowserWay, type Sendable } from "#lib/forward/browser-draft.ts";

const way: BrowserWay = {
  mode: "cors",
  forwardId: "the-id",
  origin: "https://hooklens.example",
  userAgent: "Mozilla/5.0",
};
const plain: Sendable = {
  method: "POST",
  url: "http://localhost:3000/hook",
  headers: [],
  trailers: [],
  bodySize: 2,
};

function draft(part: Partial<Sendable>, how: Partial<BrowserWay> = {}) {
  const made = browserDraft({ ...plain, ...part }, { ...way, ...how });
  if (made.kind === "refused") throw new Error(made.why);
  const said = made.changes.map(({ kind, name, value }) => `${kind} ${name}: ${value}`);
  return { ...made.request, changes: made.changes, said };
}

function refused(part: Partial<Sendable>, how: Partial<BrowserWay> = {}): string {
  const made = browserDraft({ ...plain, ...part }, { ...way, ...how });
  return made.kind === "refused" ? made.why : "";
}

/** What is given to `fetch`, without what is ours. */
const given = (headers: HeaderPair[], how: Partial<BrowserWay> = {}) =>
  draft({ headers }, how).headers.filter(([name]) => name !== "Hooklens-Forward-Id");

describe("what a browser makes of a request", () => {
  test("headers keep their values and the letter case of their first; repeated ones are joined", () => {
    const headers: HeaderPair[] = [
      ["X-Foo", "1"],
      ["Stripe-Signature", "t=1,v1=ab"],
      ["x-foo", "2"],
      ["X-Empty", ""],
      ["X-Empties", ""],
      ["X-Empties", ""],
      ["X-Latin", "caf\xe9 \ta"],
    ];
    expect(given(headers)).toEqual([
      ["X-Foo", "1, 2"],
      ["Stripe-Signature", "t=1,v1=ab"],
      ["X-Empty", ""],
      ["X-Empties", ","],
      ["X-Latin", "caf\xe9 \ta"],
    ]);
    const { said } = draft({ headers });
    expect(said).toContain("changed X-Foo: 1, 2");
    expect(said).toContain("changed (order of headers): (the browser’s own)");
    expect(said.join()).not.toContain("Stripe-Signature");
  });

  test("what only the browser writes is changed to its own, or added; a second one is dropped", () => {
    const { said, headers } = draft({
      headers: [
        ["Host", "odd.example"],
        ["host", "other"],
        ["User-Agent", "Stripe/1.0"],
        ["Content-Length", "2"],
        ["Accept-Encoding", "gzip"],
        ["Connection", "close"],
      ],
    });
    expect(headers).toEqual([["Hooklens-Forward-Id", "the-id"]]);
    expect(said).toEqual([
      "dropped host: other",
      "changed Host: localhost:3000",
      "changed User-Agent: Mozilla/5.0",
      "changed Accept-Encoding: (the browser’s own)",
      "changed Connection: keep-alive",
      "added Origin: https://hooklens.example",
      "added Hooklens-Forward-Id: the-id",
      "added Accept: */*",
      "added Accept-Language: (the browser’s own)",
      "added Sec-Fetch-*, Sec-CH-*, Priority: (the browser’s own)",
    ]);
  });

  test.each<[HeaderPair, string]>([
    [["Cookie", "a=1"], "a page may not set it"],
    [["Sec-WebSocket-Key", "x"], "a page may not set it"],
    [["Proxy-Custom", "x"], "a page may not set it"],
    [["Date", "Mon"], "a page may not set it"],
    [["Via", "1.1 x"], "a page may not set it"],
    [["X-HTTP-Method-Override", "PUT, trace"], "a page may not set it"],
    [["Transfer-Encoding", "chunked"], "a browser sends the body with its length"],
    [["Keep-Alive", "timeout=5"], "it concerns one connection only"],
    [["Expect", "100-continue"], "it concerns one connection only"],
  ])("%s is dropped, and why", (header, why) => {
    const [name, value] = header;
    expect(given([header])).toEqual([]);
    expect(draft({ headers: [header] }).changes).toContainEqual({
      kind: "dropped",
      name,
      value,
      why,
    });
  });

  test("what Connection names is dropped, but neither framing nor Host by it", () => {
    const { said } = draft({
      headers: [
        ["Connection", "x-hop, host"],
        ["X-Hop", "1"],
        ["Host", "odd"],
      ],
    });
    expect(said).toContain("dropped X-Hop: 1");
    expect(said).toContain("changed Host: localhost:3000");
  });

  test("a method override that no browser forbids is kept", () => {
    expect(given([["X-HTTP-Method-Override", "PUT"]])).toHaveLength(1);
  });

  test("the length is the body's; without one only POST and PUT say it", () => {
    const wrong = draft({ headers: [["Content-Length", "9"]] });
    expect(wrong.said).toContain("changed Content-Length: 2");
    expect(draft({ bodySize: 0 }).said).toContain("added Content-Length: 0");
    const none = draft({ method: "DELETE", bodySize: 0, headers: [["Content-Length", "0"]] });
    expect(none.said).toContain("dropped Content-Length: 0");
  });

  test("dots, odd characters and the fragment of a URL are resolved, and that is told", () => {
    const odd = draft({ url: 'http://localhost:3000/a/../b\\"c"?x=\'#y' });
    expect(odd.url).toBe("http://localhost:3000/b/%22c%22?x=%27");
    expect(odd.said[0]).toBe("changed (path): /b/%22c%22?x=%27");
    for (const path of ["/", "/?", "/?x", "//a///b//", "/%zz", "/%00%0d", "/a;b=c|^`"]) {
      const { url, said } = draft({ url: `http://localhost:3000${path}` });
      const isSame = url === `http://localhost:3000${path}`;
      expect(
        said.some((line) => line.includes("(path)")),
        path,
      ).toBe(!isSame);
    }
    expect(draft({ url: "http://localhost:3000" }).said.join()).not.toContain("(path)");
  });

  test("methods: six are written in capitals, others stay", () => {
    expect(draft({ method: "put" })).toMatchObject({ method: "PUT" });
    expect(draft({ method: "put" }).said[0]).toBe("changed (method): PUT");
    expect(draft({ method: "patch" })).toMatchObject({ method: "patch" });
    expect(draft({ method: "M-SEARCH" }).said.join()).not.toContain("(method)");
  });

  test("nothing comes from the browser's cache, and what that adds is told", () => {
    expect(draft({}).cache).toBe("default");
    const read = draft({ method: "GET", bodySize: 0 });
    expect(read.cache).toBe("no-store");
    expect(read.said).toContain("added Pragma: no-cache");
    const own = draft({ method: "GET", bodySize: 0, headers: [["cache-control", "max-age=0"]] });
    expect(own.said.join()).not.toContain("added Cache-Control");
    expect(draft({ headers: [["If-None-Match", '"x"']] }).cache).toBe("no-store");
  });

  test("trailers are dropped", () => {
    const { said } = draft({ trailers: [["X-Sum", "1"]] });
    expect(said).toContain("dropped X-Sum: 1");
  });

  test("without CORS only what is plain is kept, and JSON is called text", () => {
    const headers: HeaderPair[] = [
      ["Content-Type", "application/json"],
      ["Stripe-Signature", "x"],
      ["Accept", "a/b"],
      ["Content-Type", "text/plain"],
      ["Content-Language", "de"],
    ];
    const fire = draft({ headers }, { mode: "no-cors" });
    expect(fire.headers).toEqual([
      ["Content-Type", "text/plain"],
      ["Accept", "a/b"],
      ["Content-Language", "de"],
    ]);
    expect(fire.said).toContain("changed Content-Type: text/plain");
    expect(fire.said).toContain("dropped Stripe-Signature: x");
    expect(fire.said).toContain("added Origin: null");
    expect(fire.said.join()).not.toContain("Hooklens-Forward-Id");
    const form: HeaderPair = ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"];
    expect(given([form], { mode: "no-cors" })).toEqual([form]);
    for (const value of ['a"b', "a\x01b", "a\x7fb", "a".repeat(129)]) {
      expect(given([["Accept", value]], { mode: "no-cors" }), value).toEqual([]);
    }
    const odd: HeaderPair = ["Accept", "a\tb\x80\xff"];
    expect(given([odd], { mode: "no-cors" })).toEqual([odd]);
  });
});

describe("what no browser sends is refused in words", () => {
  test.each<[string, Partial<Sendable>, Partial<BrowserWay>, RegExp]>([
    ["GET with a body", { method: "get" }, {}, /no body with GET/],
    ["HEAD with a body", { method: "HEAD" }, {}, /no body with HEAD/],
    ["CONNECT", { method: "CONNECT" }, {}, /sends no CONNECT/],
    ["TRACE", { method: "trace" }, {}, /sends no trace/],
    ["PUT without CORS", { method: "PUT" }, { mode: "no-cors" }, /GET, HEAD and POST only/],
    ["an address of the network", { url: "http://192.168.1.5/" }, {}, /only its own machine/],
    ["a host in the internet", { url: "https://example.com/" }, {}, /only its own machine/],
    ["another loopback address", { url: "http://127.0.0.2/" }, {}, /only its own machine/],
    ["IPv6, which no policy can name", { url: "http://[::1]:3000/" }, {}, /only its own machine/],
    ["a name that only begins so", { url: "http://localhost.example/" }, {}, /only its own/],
  ])("%s", (_, part, how, words) => {
    expect(refused(part, how)).toMatch(words);
  });

  test.each([
    "http://localhost",
    "https://LOCALHOST:3000/",
    "http://app.localhost:1/",
    "http://127.0.0.1/",
  ])("%s is a target", (url) => {
    expect(refused({ url })).toBe("");
  });
});
