import { describe, expect, test } from "vitest";
import type { Tried } from "#lib/contract/relay-schemas.ts";
import { hintFor } from "../../cli/listen/hints.ts";
import { OutcomeMemory } from "../../cli/listen/outcome-memory.ts";
import { refusalError } from "../../cli/refusal.ts";
import { readTarget } from "../../cli/listen/route.ts";
import { wordsOfPassed, wordsOfReturn, wordsOfStart } from "../../cli/listen/words.ts";
import { whyNotConnected } from "../../cli/link-words.ts";

const tried = (more: Partial<Tried> = {}): Tried => ({
  kind: "tried",
  url: "http://localhost:3000/hook/orders",
  startedAt: new Date().toISOString(),
  status: 200,
  headers: [],
  bodySize: 0,
  body: Buffer.alloc(0),
  bodySha256Sent: "",
  changes: [],
  timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 },
  error: null,
  ...more,
});

describe("outcomes are remembered", () => {
  test("until there is no room; the newest always", () => {
    const memory = new OutcomeMemory(20_000);
    for (const id of ["a", "b", "c"]) memory.keep(id, tried({ body: Buffer.alloc(7_000) }));
    expect(["a", "b", "c"].map((id) => memory.get(id) !== undefined)).toEqual([false, true, true]);
    memory.keep("large", tried({ body: Buffer.alloc(100_000) }));
    expect(["b", "c", "large"].map((id) => memory.get(id) !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("an answer that is no success", () => {
  const hint = (more: Partial<Tried>, method = "POST", append = true) =>
    hintFor({
      request: { method, target: "/orders" },
      route: {
        filter: null,
        way: {
          kind: "url",
          ...readTarget("http://localhost:3000/hook"),
          append,
          hostHeader: null,
          insecure: false,
        },
        timeoutMs: 1,
      },
      tried: tried(more),
    });

  test("404: what was asked and where that came from", () => {
    expect(hint({ status: 404 })).toBe(
      "Your app has no POST /hook/orders: it came from --to http://localhost:3000/hook and the captured /orders (--no-append leaves that out).",
    );
    expect(hint({ status: 404, url: "http://localhost:3000/hook" }, "POST", false)).toBe(
      "Your app has no POST /hook: it came from --to http://localhost:3000/hook.",
    );
  });

  test("a redirect: whether following it would lose the body, and where it leads", () => {
    const headers: Tried["headers"] = [["location", "https://localhost/hook/"]];
    expect(hint({ status: 302, headers })).toMatch(
      /would turn POST into GET and drop the body.*https:\/\/localhost\/hook\/$/,
    );
    for (const text of [hint({ status: 308, headers }), hint({ status: 302, headers }, "GET")]) {
      expect(text).toBe(
        "Redirects are not followed. Give --to the address that it leads to: https://localhost/hook/",
      );
    }
  });

  test("others say all by themselves", () => {
    for (const status of [200, 204, 304, 401, 500]) expect(hint({ status })).toBeNull();
    expect(hint({ status: 404, error: { code: "reset", message: "cut" } })).toBeNull();
  });
});

describe("what was missed", () => {
  const welcome = { name: "x", cursor: 0, lastSeq: 9, captureUrl: "", dashboardUrl: "" };
  test("is counted at the start", () => {
    expect(wordsOfStart({ ...welcome, missed: 0, passedOver: 0 }, "skip")).toBe(
      "Connected. Waiting for requests.",
    );
    expect(wordsOfStart({ ...welcome, missed: 0, passedOver: 1 }, "skip")).toBe(
      "Connected. 1 request came while nobody listened: passed over (--missed deliver brings them).",
    );
    expect(wordsOfStart({ ...welcome, missed: 1, passedOver: 4 }, "latest")).toMatch(
      /^Connected\. 4 requests .* but for the newest\.$/,
    );
    expect(wordsOfStart({ ...welcome, missed: 5, passedOver: 0 }, "deliver")).toMatch(
      /5 requests .*: delivering\.$/,
    );
  });

  test("and on coming back, and what will not come with the reason", () => {
    expect(wordsOfReturn({ ...welcome, missed: 0, passedOver: 0 }, 61_000)).toBe(
      "Connected again, 1 min 1 s after the server was last heard. Nothing was missed.",
    );
    expect(wordsOfReturn({ ...welcome, missed: 17, passedOver: 2 }, 1000)).toMatch(
      /17 requests were missed: delivering\. 2 passed over\.$/,
    );
    expect(wordsOfPassed({ from: 4, through: 4, count: 1, why: "too_old" })).toBe(
      "1 request passed over (#4): older than --max-age.",
    );
    expect(wordsOfPassed({ from: 4, through: 9, count: 6, why: "removed" })).toMatch(
      /^6 requests passed over \(#4 to #9\): removed/,
    );
  });
});

test("why there is no connection is found within socket.io's errors", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const wrap = (error: Error) =>
    Object.assign(new Error("websocket error"), { description: { error } });
  expect(whyNotConnected(wrap(refused))).toBe("connection refused");
  expect(whyNotConnected(wrap(new AggregateError([refused])))).toBe("connection refused");
  expect(whyNotConnected(wrap(new Error("Unexpected server response: 502")))).toMatch(
    /^it answered 502/,
  );
  expect(whyNotConnected(new Error("timeout"))).toBe("no answer in time");
});

describe("a server that refuses the connection", () => {
  const at = { origin: "https://hooks.example.com", bin: "k7m2" };

  test.each([
    ["forbidden", 403, 3, "The key does not open https://hooks.example.com/in/k7m2"],
    ["bin_not_found", 404, 5, "There is no bin"],
    ["bin_gone", 410, 5, "was deleted, or has expired"],
    ["invalid_fields", 422, 8, "npx https://hooks.example.com/cli.tgz is its own"],
    ["rate_limited", 429, 8, "429 rate_limited"],
  ])("%s ends it with what that means", (code, status, exitCode, words) => {
    const error = refusalError({ code, status }, at);
    expect(error).toMatchObject({ exitCode, message: expect.stringContaining(words) });
  });
});
