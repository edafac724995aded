import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDecimals, readDecimal } from "#lib/search/decimal.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import { isMatch, queryOf, subject } from "#tests/helpers/searched.ts";

const github = { id: "github", event: "pull_request", deliveryId: "D-1" };
const request = {
  headers: [
    ["Host", "localhost:3000"],
    ["X-Sig", "t=1,v1=AbC"],
    ["X-Age", "7.50"],
    ["X-Name", "W\u00c3\u00b6rld"],
    ["X-Latin", "W\u00f6rld"],
    ["x-sig", "second"],
  ] as [string, string][],
  contentType: "Application/JSON; charset=utf-8",
  target: "/orders/7?x=1&name=Ada+Lovelace&flag&a%5B%5D=%C3%B6&x=20",
  provider: github,
  forwards: ["failed", "delivered"],
  body: `{"text": "Hello \\"W\u00f6rld\\"", "empty": "", "nothing": null, "yes": true}`,
};

const match = (query: string) => isMatch(query, request);

test.each([
  ["", "-zzz", "hello", "post", "/ORDERS/7", "hel*rld", "x=1&name", '"localhost:3000"'],
  ['"x-sig: T=1"', "w\u00f6rld", '"x-latin: w\u00f6rld"', '"x-name: w\u00f6rld"', "*", "abc"],
  ["method:post", "method:P*", "path:/orders/*", "path:/ORDERS/7", "path:*7", "path:/o*r*/*"],
  ["query.x:1", "query.x:20", "query.x>10", "query.name:ada*", 'query.name:"ada lovelace"'],
  ["query.flag:*", 'query.flag:""', "query.a[]:\u00f6", "query.*:ada*", "-query.y:*"],
  ["header.x-sig:second", "header.X-SIG:*abc", "header.x-age>=7.5", "header.x-age:7.50"],
  ["header.x-*:w\u00f6rld", "header.host:local*", "-header.x-age:7.5"],
  ["type:application/json", "type:*charset=utf-8", "type:application/*", "-type:json"],
  ["provider:github", "provider:GITHUB", "event:pull_*", "delivery:d-1", "signature:unchecked"],
  ["status:200", "status:2*", "status>=200", "status<300", "forward:failed", "forward:delivered"],
  ["forward:*", "-forward:pending", "ip:203.0.113.*", "id:42", "id:#42", "id>41", "id<=42"],
  ["id:01998877-6655-7443-8221-1100ffeeddcc", "id:01998877*"],
  ["size>10", "size<1kb", "at:2026-11-21", "at>=2026-11-21T10:30", "at<2026-11-21T10:30:06Z"],
  ["at:2026-11-21T10:30:05.25", "at:*T10:30*", "-at:2026-11-22", "-at>2026-11-21"],
  ['body:"hello"', "body:h*w\u00f6rld*", 'body.text:"hello \\"w\u00f6rld\\""', 'body.empty:""'],
  ["body.nothing:null", "body.nothing:*", "body.yes:TRUE", "-body.no:*", "BODY.YES:true"],
  ["zzz OR hello", "(zzz OR hello) post", "-(zzz hello)", "hello -zzz"],
])("%s and the others match", (...queries) => {
  expect(queries.filter((query) => !match(query))).toEqual([]);
});

test.each([
  ["zzz", "hello zzz", "world*hello", "-hello", '"hello world"', "w\u00d6rld"],
  ["method:pos", "path:/orders", "path:orders/7", "path:*x=1", "query.x:2", "query.x>20"],
  ["query.y:*", "header.x-sig:t=1", "header.nope:*", "type:json", "type:application/js"],
  ["event:pull", "event:ping", "status:404", "status>200", "forward:pending", "forward:dead"],
  ["id:4", "id:#43", "id>42", "size>1kb", "size:0", "at:2026-11-22", "at>2026-11-21"],
  ["body:zzz", "body.text:hello", "body.nothing:0", "body.text>1", "body.yes:1"],
  ["(zzz OR yyy)", "zzz OR (hello -post)", "-(hello OR zzz)"],
])("%s and the others don't match", (...queries) => {
  expect(queries.filter(match)).toEqual([]);
});

test("a request without a provider, an answer or forwards has no value there", () => {
  const bare = { response: null };
  for (const field of ["provider", "event", "delivery", "status", "forward", "type"]) {
    expect([field, isMatch(`${field}:*`, bare)]).toEqual([field, false]);
  }
});

test("a time ago is counted from the moment of each evaluation", () => {
  const at = Date.parse("2026-11-21T10:30:05.250Z");
  let now = at + 60_000;
  const matches = compile(queryOf("at>-2m"), { now: () => now });
  expect(matches(subject())).toBe(true);
  now = at + 121_000;
  expect(matches(subject())).toBe(false);
  expect(isMatch("at<=-2m", {}, () => now)).toBe(true);
});

describe("values of a body", () => {
  const json = (body: string) => (query: string) => isMatch(query, { body });
  const form = (body: string) => (query: string) =>
    isMatch(query, { body, contentType: "application/x-www-form-urlencoded; charset=utf-8" });

  test("are found by their path in JSON", () => {
    const body = `{"a": {"b.c": [1, {"d": "x"}], "e": {}}, "tags": ["One", "two", [3]], "0": "zero"}`;
    const yes = ['body.a."b.c"[0]:1', "body.a.b*[1].d:x", "body.a.*[*].d:X", "body.a.*.1.d:x"];
    yes.push("body.tags:one", "body.tags:t*", "body.tags[2][0]:3", "body.0:zero", "body.a.e:*");
    yes.push("body.tags:*", "body[*]:*");
    const no = [
      "body.a.b.c:*",
      "body[0]:zero",
      "body.tags:3",
      "body.a:x",
      "body.a.e:x",
      "body.d:x",
    ];
    no.push("body.tags[3]:*", "body[0]:*");
    expect(yes.filter((query) => !json(body)(query) && query !== "body[*]:*")).toEqual([]);
    expect(no.filter(json(body))).toEqual([]);
    expect(json('[{"a":1},{"a":2}]')("body[1].a:2")).toBe(true);
    expect(json("[5, 6]")("body[*]>5")).toBe(true);
  });

  test("of a doubled name count each", () => {
    const doubled = json('{"a": 1, "A": "x", "a": 2}');
    expect(["body.a:1", "body.a:2", "body.a:x", "body.a>1"].filter(doubled)).toHaveLength(4);
    expect(doubled("body.a>2")).toBe(false);
  });

  test("that are numbers are compared exactly, in any way of writing", () => {
    const body = json(
      '{"big": 12345678901234567890123, "e": 1.50e2, "text": "12.50", "min": -0.1}',
    );
    const yes = ["body.big:12345678901234567890123", "body.big>12345678901234567890122"];
    yes.push(
      "body.big<1.2345678901234567890124e22",
      "body.e:150",
      "body.e:1.50e2",
      "body.e:1.50e*",
    );
    yes.push("body.text>12.4", "body.text:12.50", "body.min<0", "body.min>=-0.10");
    const no = [
      "body.big:12345678901234567890124",
      "body.big>12345678901234567890123",
      "body.e:1*0",
    ];
    no.push("body.text:12.5", 'body.e:"150"', "body.text>12.50");
    expect(yes.filter((query) => !body(query))).toEqual([]);
    expect(no.filter(body)).toEqual([]);
  });

  test("are read with their escapes undone", () => {
    const body = json('{"k\\u0065y": "tab\\t\\u00f6 \\"q\\"", "bare": "line\nbreak \\n"}');
    expect(body('body.key:"tab\t\u00f6 \\"q\\""')).toBe(true);
    expect(body('body.bare:"line\nbreak \n"')).toBe(true);
  });

  test("count up to where the JSON breaks off", () => {
    const cut = json('{"a": 1, "b": [1, 2, 3');
    expect(cut("body.a:1")).toBe(true);
    expect(cut("body.b:2")).toBe(true);
    expect(cut("body.b:3")).toBe(false);
    expect(json('{"a": 1 "b": 2}')("body.b:2")).toBe(false);
    expect(json('{"a": "\\x", "b": 2}')("body.a:*")).toBe(false);
    expect(json('{"a": "\\x", "b": 2}')("body.b:2")).toBe(true);
    expect(json("{a: 1}")("body.a:1")).toBe(false);
    expect(json('"a"')("body.a:*")).toBe(false);
  });

  test("are looked for in the first MiB, words in the first 64 KiB", () => {
    const pad = " ".repeat(1024 * 1024 - 40);
    expect(json(`{"p": "${pad}", "early": 1, "late": 22222222222222222}`)("body.early:1")).toBe(
      true,
    );
    expect(json(`{"p": "${pad}", "early": 1, "late": 22222222222222222}`)("body.late:*")).toBe(
      false,
    );
    expect(json(`${" ".repeat(65_530)}inside`)("inside")).toBe(true);
    expect(json(`${" ".repeat(65_531)}inside`)("inside")).toBe(false);
  });

  test("are found in forms, by brackets or by the name as it stands", () => {
    const body = form(
      "name=Ada+L&card[number]=4242&items[]=a&items[]=b&x.y=1&n=12.5&flag&list[0][id]=7",
    );
    const yes = ['body.name:"ada l"', "body.card.number:4242", 'body."card[number]":4242'];
    yes.push("body.items:b", "body.items[0]:a", "body.items[1]:b", "body.items[*]:b", "body.x.y:1");
    yes.push(
      "body.n>12",
      "body.flag:*",
      "body.list[0].id:7",
      "body.list.*.id:7",
      'body."items[]":a',
    );
    const no = ["body.items[0]:b", "body.card:4242", "body.items[2]:*", "body.number:4242"];
    expect(yes.filter((query) => !body(query))).toEqual([]);
    expect(no.filter(body)).toEqual([]);
  });

  test("are JSON's where a body is JSON, whatever its type says", () => {
    expect(form('\ufeff {"a":1}')("body.a:1")).toBe(true);
    expect(isMatch("body.a:1", { body: "a=1", contentType: "text/plain" })).toBe(false);
    expect(isMatch("body.a:1", { body: "a=1" })).toBe(false);
  });
});

test("a JSON value is found where JSON.parse has it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, pretty) => {
      const body = JSON.stringify({ root: value }, null, pretty ? 2 : 0);
      for (const [path, leaf] of leaves(value, "body.root")) {
        const wanted = typeof leaf === "string" ? quote(leaf) : String(leaf);
        if (wanted.includes("\0") || path.includes("\0")) continue;
        const text = `${path}:${wanted}`;
        if (text.length <= 1000) expect([text, isMatch(text, { body })]).toEqual([text, true]);
      }
    }),
    { numRuns: 200 },
  );
});

const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, `${path}[${index}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, `${path}.${quote(key)}`);
  } else yield [path, value];
}

test("any query is judged over any bytes, and a query and its opposite never agree", () => {
  const words = fc.constantFrom(
    "a",
    "{",
    '"',
    "body.a:*",
    "body.a>1",
    "-a",
    "OR",
    "(",
    ")",
    "header.a:b",
  );
  const text = fc.array(words, { maxLength: 8 }).map((all) => all.join(" "));
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .array(fc.constantFrom('{"a":', "1", "[", "]", "}", ",", '"a"', "\\", '"'), { maxLength: 12 })
      .map((all) => Buffer.from(all.join(""))),
  );
  fc.assert(
    fc.property(text, bytes, (query, body) => {
      const [plain, opposite] = [parseQuery(query), parseQuery(`-(${query} )`)];
      if (!plain.ok || !opposite.ok) return true;
      const given = subject({ body });
      return compile(opposite.query)(given) !== compile(plain.query)(given);
    }),
    { numRuns: 300 },
  );
});

test("decimals are ordered as numbers are", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat({ max: 20 }))
    .map(([digits, places]) => ({
      text: `${digits}e-${places}`,
      scaled: digits * 10n ** BigInt(20 - places),
    }));
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [first, second] = [readDecimal(a.text), readDecimal(b.text)];
      const order = first && second ? compareDecimals(first, second) : Number.NaN;
      expect(Math.sign(order)).toBe(a.scaled === b.scaled ? 0 : a.scaled < b.scaled ? -1 : 1);
    }),
  );
});
