import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeSteps } from "#lib/decode/decode.ts";
import { DECODE_MAX } from "#lib/decode/limits.ts";
import { decodeParts } from "#lib/decode/parts.ts";
import type { TimeHints } from "#lib/decode/unix-time.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const base64url = (text: string) => Buffer.from(text).toString("base64url");
const token = (header: unknown, claims: unknown, signature = "c2ln") =>
  `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}.${signature}`;
const kinds = (value: string, hints?: TimeHints) =>
  decodeSteps(value, hints).map(({ kind }) => kind);
const last = (value: string, hints?: TimeHints) => decodeSteps(value, hints).at(-1);

describe("a token", () => {
  const claims = { sub: "ü?~", iat: 0, exp: 1.5e9, nbf: 1e99 };

  test.each(["", "Bearer ", "bearer  ", "JWT ", "Token "])("behind %j is taken apart", (scheme) => {
    expect(decodeSteps(scheme + token({ alg: "HS256" }, claims))).toEqual([
      {
        kind: "jwt",
        header: '{"alg":"HS256"}',
        claims: JSON.stringify(claims),
        algorithm: "HS256",
        times: [
          { claim: "iat", atMs: 0 },
          { claim: "exp", atMs: 1.5e12 },
        ],
      },
    ]);
  });

  test("without a signature is one too, and says so by its algorithm", () => {
    expect(last(token({ alg: "none" }, {}, ""))).toMatchObject({ kind: "jwt", algorithm: "none" });
  });

  test("that is encrypted shows its header alone", () => {
    const value = `${base64url('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.a2V5.aXY.Y2lwaGVy.dGFn`;
    expect(last(value)).toMatchObject({ kind: "jwt", algorithm: "RSA-OAEP", claims: null });
  });

  test.each([
    token([1], {}),
    token({ typ: "JWT" }, {}),
    token({ alg: 7 }, {}),
    token({ alg: "HS256" }, [1]),
    token({ alg: "HS256" }, {}, "a=b"),
    "eyJ.eyJ.x",
    "a.b.c",
    "e..",
    "Bearer opaque",
  ])("is not what only looks like one: %s", (value) => {
    expect(kinds(value)).not.toContain("jwt");
  });
});

describe("base64", () => {
  test.each([
    ["of text", base64("hello world"), "hello world"],
    ["without padding", base64url("hello world!?"), "hello world!?"],
    ["of the URL alphabet", base64url("a?>~~?>b and more"), "a?>~~?>b and more"],
    ["of text beyond ASCII", base64("Grüße aus Köln"), "Grüße aus Köln"],
    ["in lines of 76", base64("x".repeat(100)).replace(/.{76}/, "$&\r\n"), "x".repeat(100)],
  ])("%s is decoded", (_, value, text) => {
    expect(last(value)).toMatchObject({ kind: "base64", text });
  });

  test("of bytes that are no text is shown as bytes where its form leaves no doubt", () => {
    const digest = Buffer.from(
      "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
      "hex",
    );
    expect(last(digest.toString("base64"))).toEqual({
      kind: "base64",
      alphabet: "base64",
      bytes: new Uint8Array(digest),
      text: null,
    });
  });

  test("in a data URL keeps its media type", () => {
    const png = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
    expect(last(`data:image/png;base64,${png.toString("base64")}`)).toMatchObject({
      kind: "data",
      mediaType: "image/png",
      text: null,
    });
  });

  test.each([
    "internationalisation",
    "payment_intent.succeeded",
    "customer_subscription_updated",
    "evt_1P2x9ZLkdIwHu7ixSNIGsWxx",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "sk_live_51H8xYzLkdIwHu7ixSNIGsWxxAbCdEf",
    "550e8400-e29b-41d4-a716-446655440000",
    "5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
    "DEADBEEFDEADBEEFDEADBEEFDEADBEEF",
    "/api/v1/users/12/orders/Latest/items",
    "arn:aws:sns:us-east-1:123456789012:My",
    "aGk=",
    "application/json",
    "MozillaFirefoxBrowser128",
    `${base64("hello world!").slice(0, -1)}=x`,
    "aGVsbG8gd29ybGR=",
  ])("is not what may be anything: %s", (value) => {
    expect(decodeSteps(value)).toEqual([]);
  });

  test("random letters and digits are none", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...alphabet), minLength: 20, maxLength: 60 }),
        (value) => decodeSteps(value).length === 0,
      ),
      { seed: 5, numRuns: 2000 },
    );
  });
});

describe("URL encoding", () => {
  test.each([
    ["user%40example.com", "user@example.com"],
    ["https%3A%2F%2Fa.example%2Fb%3Fc%3Dd", "https://a.example/b?c=d"],
    ["Gr%C3%BC%C3%9Fe", "Grüße"],
    ["a%2Bb+c", "a+b+c"],
  ])("%s", (value, text) => {
    expect(decodeSteps(value)).toEqual([{ kind: "url", text }]);
  });

  test.each(["100%", "20% off", "5%50", "%ff%fe", "%zz", "a%20b c", "100%41", '{"a":"%20"', "%00"])(
    "is not in %j",
    (value) => {
      expect(kinds(value)).not.toContain("url");
    },
  );
});

describe("a Unix time", () => {
  test.each([
    ["created", "1700000000", "s", "2023-11-14T22:13:20Z"],
    ["createdAt", "1700000000123", "ms", "2023-11-14T22:13:20.123Z"],
    ["occurred_at", "1700000000123456", "µs", "2023-11-14T22:13:20.123456Z"],
    ["timestamp", "1700000000123456789", "ns", "2023-11-14T22:13:20.123456789Z"],
    ["event_ts", "1355517523.000005", "s", "2012-12-14T20:38:43.000005Z"],
    ["X-Slack-Request-Timestamp", "1531420618", "s", "2018-07-12T18:36:58Z"],
    ["current_period_end", "4000000000", "s", "2096-10-02T07:06:40Z"],
  ])("in %s, %s, is of the unit %s", (name, value, unit, at) => {
    expect(decodeSteps(value, { name })).toEqual([{ kind: "time", unit, at }]);
  });

  test("is told without a name when it is near the arrival", () => {
    const arrivedAtMs = Date.parse("2023-11-14T22:13:25Z");
    expect(kinds("1700000000", { name: "when0", arrivedAtMs })).toEqual(["time"]);
    expect(kinds("1600000000", { name: "value", arrivedAtMs })).toEqual([]);
    expect(kinds("1700000000", { name: "order_id", arrivedAtMs })).toEqual([]);
  });

  test.each([
    ["", "1700000000"],
    ["id", "1700000000"],
    ["phone", "4915112345678"],
    ["created", "170000000"],
    ["created", "17000000000"],
    ["created", "0999999999"],
    ["created", "9999999999"],
    ["created", "-1700000000"],
    ["created", "1700000000123.5"],
    ["updated_by_id", "1700000000"],
  ])("is not seen in %s: %s", (name, value) => {
    expect(decodeSteps(value, { name })).toEqual([]);
  });
});

describe("JSON in a string", () => {
  test("is given as it is", () => {
    const text = ' {"b":1.0,"a":12345678901234567890} ';
    expect(decodeSteps(text)).toEqual([{ kind: "json", text: text.trim() }]);
  });

  test("is unpacked where it was encoded once too often", () => {
    expect(kinds(JSON.stringify(JSON.stringify({ a: 1 })))).toEqual(["quoted", "json"]);
  });

  test.each(["{}", "[]", "[draft]", "{{name}}", "{a:1}", '"just words"', "null", "12", "[1,2"])(
    "is not %s",
    (value) => {
      expect(decodeSteps(value)).toEqual([]);
    },
  );
});

describe("what is wrapped more than once", () => {
  test("is unwrapped step by step", () => {
    const value = encodeURIComponent(base64('{"order":17,"note":"?>?>?>"}'));
    expect(kinds(value)).toEqual(["url", "base64", "json"]);
  });

  test("ends at a token", () => {
    expect(kinds(base64(token({ alg: "RS256" }, { a: 1 })))).toEqual(["base64", "jwt"]);
  });

  test("is not unwrapped without end", () => {
    let value = "the end of it";
    for (let round = 0; round < 20; round += 1) value = base64(value);
    expect(decodeSteps(value)).toHaveLength(8);
  });
});

describe("whatever it is given", () => {
  test("it does not throw, and gives nothing that is longer than what it was given", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), fc.json()),
        (value) => {
          for (const step of decodeSteps(value, { name: "t" })) {
            if ("text" in step) expect((step.text ?? "").length).toBeLessThanOrEqual(value.length);
          }
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  test.each([
    ["a document", "A".repeat(DECODE_MAX + 1)],
    ["deep brackets", "[".repeat(500_000) + "]".repeat(500_000)],
    ["a million dots", `eyJ${".".repeat(1_000_000)}`],
    ["a million escapes", "%zz".repeat(300_000)],
    ["equals signs", "=".repeat(1_000_000)],
    ["an open data URL", `data:image/png;base64${",".repeat(500_000)}`],
    ["half base64", `${"QUJD".repeat(200_000)}!`],
  ])("it ends and is silent on %s", (_, value) => {
    expect(kinds(value).filter((kind) => kind !== "json")).toEqual([]);
  });
});

test("parameters of a header's value are decoded each by its name", () => {
  const parts = decodeParts(`t=1700000000,v1=${"ab".repeat(32)};next="user%40a.example"`);
  expect(parts.map(({ name, steps }) => [name, steps[0]?.kind])).toEqual([
    ["t", "time"],
    ["next", "url"],
  ]);
  for (const value of ["text/html; charset=utf-8", "a=b c", ",".repeat(20_000), "", "=;="]) {
    expect(decodeParts(value)).toEqual([]);
  }
});
