import { describe, expect, test } from "vitest";
import type { RunLine, RunReport } from "#lib/contract/scenarios.ts";
import { isHooklensError } from "#lib/errors.ts";
import { check } from "#lib/scenarios/check.ts";
import { fill, fillUrl, type Scope } from "#lib/scenarios/fill.ts";
import { hiderOf } from "#lib/scenarios/hide.ts";
import { readScenario } from "#lib/scenarios/read-source.ts";
import { type Call, type Hands, runScenario, type Sending } from "#lib/scenarios/run.ts";
import { setIn } from "#lib/scenarios/set-event.ts";
import { StepFailure } from "#lib/scenarios/step-failure.ts";
import type { Answer } from "#lib/scenarios/subject.ts";
import { valueAt } from "#lib/scenarios/value-at.ts";

const json =
  '{"a":{"b":[1,{"c":"x\\u0041"}]},"big":12345678901234567890,"twice":1,"twice":2,"d.e":true,"n":null}';

describe("a value in a body", () => {
  test.each([
    [".a.b[0]", "number", "1"],
    [".a.b[1].c", "text", "xA"],
    [".big", "number", "12345678901234567890"],
    [".twice", "number", "2"],
    ['["d.e"]', "word", "true"],
    [".n", "word", "null"],
    [".a.b", "group", '[1,{"c":"x\\u0041"}]'],
    ["", "text", json],
  ])("%s is a %s", (path, kind, text) => {
    expect(valueAt(json, path)).toEqual({ kind, text });
  });

  test.each([".x", ".a.b[2]", ".a.b.c", ".a[0]", ".a..b", "[0]"])("%s is not there", (path) => {
    expect(valueAt(json, path)).toBeNull();
  });

  test("a bare value is found at its end, and what is no JSON holds nothing", () => {
    expect(valueAt("[7]", "[0]")).toEqual({ kind: "number", text: "7" });
    expect(valueAt("<html>", ".a")).toBeNull();
  });
});

const answer: Answer = {
  status: 201,
  totalMs: 12.4,
  headers: [["Content-Type", "application/json"]],
  body: json,
};
const asWritten = (text: string) => text;
/** What came of the checks beside that of the status, which is always there. */
const passes = (expected: Parameters<typeof check>[1]) =>
  check(answer, expected, asWritten)
    .slice(expected && !("status" in expected) ? 1 : 0)
    .map(({ passed }) => passed);

describe("what is expected of an answer", () => {
  test("a status is a number or a class, and 2xx when nothing else is said", () => {
    expect(passes({ status: 201 })).toEqual([true]);
    expect(passes({ status: "2xx" })).toEqual([true]);
    expect(passes({ status: "4xx" })).toEqual([false]);
    expect(passes(undefined)).toEqual([true]);
    expect(check({ ...answer, status: 500 }, undefined, asWritten)).toEqual([
      { subject: "status", wanted: "2xx", got: "500", passed: false },
    ]);
  });

  test("numbers are compared digit by digit, and as numbers", () => {
    expect(passes({ "body.big": "12345678901234567890" })).toEqual([true]);
    expect(passes({ "body.big": "12345678901234567891" })).toEqual([false]);
    expect(passes({ "body.a.b[0]": { equals: 1, above: 0, below: 2 } })).toEqual([
      true,
      true,
      true,
    ]);
    expect(passes({ time: { below: 12 } })).toEqual([false]);
  });

  test("a text is no number and no truth value", () => {
    const texts = { ...answer, body: '{"n":"1","t":"true"}' };
    expect(
      check(texts, { "body.n": 1, "body.t": true }, asWritten).map(({ passed }) => passed),
    ).toEqual([true, false, false]);
    expect(passes({ 'body["d.e"]': true, "body.n": null })).toEqual([true, true]);
  });

  test("contains, in, not and exists", () => {
    expect(passes({ "header.content-type": { contains: "json", not: "text/html" } })).toEqual([
      true,
      true,
    ]);
    expect(passes({ "body.twice": { in: [1, 2] }, "body.x": { exists: false } })).toEqual([
      true,
      true,
    ]);
    expect(passes({ "body.x": { not: 5 }, "body.a": { exists: false } })).toEqual([true, false]);
  });
});

const scope: Scope = {
  variables: new Map([["app", "http://localhost:3000/base"]]),
  kept: new Map([["order", "7/../admin"]]),
  event: { id: "e1", method: "POST", target: "/in", headers: [["X-A", "1"]], body: json },
  answer,
};

describe("values put into a text", () => {
  test("come from variables, kept ones, the event and the answer", () => {
    expect(
      fill(
        "{{app}} {{ order }} {{event.body.a.b[0]}} {{event.header.x-a}} {{answer.status}}",
        scope,
      ),
    ).toBe("http://localhost:3000/base 7/../admin 1 1 201");
  });

  test("a value of others can't leave its place in a URL; one's own variable is taken as it is", () => {
    expect(fillUrl("{{app}}/orders/{{order}}", scope)).toBe(
      "http://localhost:3000/base/orders/7%2F..%2Fadmin",
    );
  });

  test("what is not there is named", () => {
    expect(() => fill("{{token}}", scope)).toThrow("There is no variable token");
    expect(() => fill("{{event.body.x}}", scope)).toThrow("The event has no body.x");
    expect(() => fill("{{answer.body.x}}", { ...scope, answer: null })).toThrow("no answer before");
  });
});

const source = `
name: An order is paid
environments:
  local:
    app: http://localhost:3000
steps:
  - sample: stripe payment_intent.succeeded
    to: "{{app}}/webhooks"
    expect:
      status: 200
    keep:
      id: body.id
  - call: GET {{app}}/orders/{{id}}?of={{event.body.account}}
    headers:
      Authorization: Bearer {{token}}
    within: 1s
    expect:
      body.state: paid
`;

function refusalOf(text: string): string {
  try {
    readScenario(text);
  } catch (error) {
    if (isHooklensError(error)) return error.errors?.[0]?.detail ?? error.message;
    throw error;
  }
  throw new Error("It was taken");
}

describe("a scenario's file", () => {
  test("is YAML with a name and steps", () => {
    expect(readScenario(source)).toMatchObject({
      name: "An order is paid",
      environments: { local: { app: "http://localhost:3000" } },
      steps: [{ sample: "stripe payment_intent.succeeded" }, { within: "1s" }],
    });
  });

  test.each([
    ["", "Line 1, column 1: It is empty"],
    ["name: x\nsteps: 5", "Line 2, column 8 (steps): "],
    [
      "name: x\nsteps:\n  - call: GET /\n    sample: stripe",
      "Line 3, column 5 (steps[0]): A step is one of",
    ],
    ["name: x\nsteps:\n  - sample: stripe", "(steps[0].to): Where the event is sent"],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    expect:\n      statsu: 200",
      "(steps[0].expect.statsu): One of status",
    ],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    expect: { status: {} }",
      "Line 4, column 23 (steps[0].expect.status): At least one test",
    ],
    ["name: x\nsteps:\n  -\n", "Line 3, column 3 (steps[0]): A step is one of"],
    ["- name: x", "Line 1, column 1: A scenario has a name and steps"],
    ["name: 5\nsteps: []", "Line 1, column 7 (name): A name is a text: put it in quotes"],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    headers: [a]",
      "Line 4, column 14 (steps[0].headers): An object, not a list",
    ],
    ["name: x\nname: y\nsteps: []", 'Line 2, column 1: "name" is here twice'],
    [
      "name: x\nsteps:\n  - sample: stripe\n    to: http://a\n    set:\n      data.id: 1",
      "Line 6, column 16 (steps[0].set.data.id): A place such as body.data.id",
    ],
    [
      "name: x\nsteps:\n  - sample: stripe\n    to: http://a\n    set: { header.X: [1] }",
      "Line 5, column 22 (steps[0].set.header.X): A header is a text",
    ],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    set: { body.id: 1 }",
      "(steps[0].set): A call has `headers` and `body` of its own",
    ],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    within: 301s",
      "Line 4, column 13 (steps[0].within): A time such as 500ms or 5s, at most 300s",
    ],
    [
      "name: x\nsteps:\n  - call: GET http://a\n    within: 5 minutes",
      "(steps[0].within): A time such as 500ms or 5s, at most 300s",
    ],
    ["name: [", "Line 1, column 8: This is not YAML"],
    ["name: &a x\nsteps: *a", "Anchors and aliases are not read here"],
  ])("%j is refused with its place", (text, words) => {
    expect(refusalOf(text)).toContain(words);
  });
});

/** Hands that remember what they were asked. */
function handsWith(answers: (Answer | string)[]) {
  const calls: Call[] = [];
  const next = () => {
    const given = answers.shift() ?? "nothing is left to answer with";
    return typeof given === "string"
      ? { asked: "x", answer: null, error: given }
      : { asked: "x", answer: given, error: null };
  };
  const body = '{"account":"a b","amount":20.0,\n "items":[{"id":"i1"}]}';
  const headers: [string, string][] = [
    ["X-Id", "1"],
    ["x-id", "2"],
    ["Date", "now"],
  ];
  const head = { id: "e1", method: "POST", target: "", headers };
  const event = { ...head, body, bytes: Buffer.from(body) };
  const sent: Sending[] = [];
  const hands: Hands = {
    sample: async () => event,
    find: async () => {
      throw new StepFailure("There is no such request");
    },
    send: async (_event, how) => {
      sent.push(how);
      return next();
    },
    call: async (call) => {
      calls.push(call);
      return next();
    },
  };
  return { hands, calls, sent };
}

async function runOf(text: string, answers: (Answer | string)[]) {
  const { hands, calls, sent } = handsWith(answers);
  const lines: RunLine[] = [];
  const running = {
    scenario: readScenario(text),
    environment: "local",
    variables: new Map([
      ["app", "http://app.test"],
      ["token", "s3cret"],
    ]),
    secrets: ["s3cret"],
    hands,
    signal: new AbortController().signal,
  };
  for await (const line of runScenario(running)) lines.push(line);
  const last = lines.at(-1);
  if (!last || !("run" in last)) throw new Error("No report");
  return { run: last.run, calls, lines, sent };
}

const with200 = (body: string): Answer => ({ status: 200, totalMs: 1, headers: [], body });
const statesOf = (run: RunReport) => run.steps.map(({ state }) => state);

describe("a run", () => {
  test("sends the event, then calls with values of its answer, until what is expected holds", async () => {
    const { run, calls, lines } = await runOf(source, [
      with200('{"id":"o/1"}'),
      with200('{"state":"open"}'),
      with200('{"state":"paid"}'),
    ]);
    expect(run.passed).toBe(true);
    expect(lines).toHaveLength(3);
    expect(run.steps[1]).toMatchObject({ tries: 2, state: "passed" });
    expect(calls[0]).toEqual({
      method: "GET",
      url: "http://app.test/orders/o%2F1?of=a%20b",
      headers: [["Authorization", "Bearer s3cret"]],
      body: null,
    });
  });

  test("skips what stands behind a step that fails", async () => {
    const { run } = await runOf(source, [{ ...with200("{}"), status: 500 }]);
    expect(run.passed).toBe(false);
    expect(statesOf(run)).toEqual(["failed", "skipped"]);
    expect(run.steps[0]?.checks[0]).toMatchObject({ wanted: "200", got: "500", passed: false });
  });

  test("tells why there is no answer, and what could not be kept", async () => {
    expect((await runOf(source, ["Nothing listens there"])).run.steps[0]?.error).toBe(
      "Nothing listens there",
    );
    expect((await runOf(source, [with200("{}")])).run.steps[0]?.error).toBe(
      "The answer has no body.id to keep as id.",
    );
    const missing = "name: x\nsteps:\n  - request: 5\n    to: http://a";
    expect((await runOf(missing, [])).run.steps[0]?.error).toBe("There is no such request.");
  });

  test("no part of a secret value is left where an answer is shortened", async () => {
    const echo = "name: x\nsteps:\n  - call: GET http://a\n    expect:\n      body: none";
    const { run } = await runOf(echo, [with200(`${"x".repeat(497)}s3cret`)]);
    expect(run.steps[0]?.checks[1]?.got).toBe(`${"x".repeat(497)}(se`);
  });

  test.each([
    ["of two the longer one, where one begins with the other", ["abc", "abc-def"], "abc-def"],
    ["as JSON has it", ['p"q\\r'], '"p\\"q\\\\r"'],
    ["as a URL has it", ["p q/<"], "http://a/?x=p%20q%2F%3C and p%20q/%3C"],
    ["with signs that a pattern would read", ["a.b*(c|$"], "a.b*(c|$ but not axb"],
  ])("hides secrets %s", (_, secrets, text) => {
    const shown = hiderOf(secrets)(text);
    expect(shown).toContain("(secret)");
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/def|p%20q|p\\"q/);
  });

  test("a report holds no secret value", async () => {
    const echo = "name: x\nsteps:\n  - call: GET http://a\n    expect:\n      body.t: '{{token}}!'";
    const { run } = await runOf(echo, [with200('{"t":"s3cret"}')]);
    expect(run.steps[0]?.checks[1]).toEqual({
      subject: "body.t",
      wanted: "(secret)!",
      got: "(secret)",
      passed: false,
    });
  });

  test("sets values of the event, and leaves every other character as it came", async () => {
    const { run, sent, calls } = await runOf(
      `name: x
steps:
  - sample: stripe
    to: http://a
    set:
      body.account: "{{token}}\\""
      body.amount: "{{event.body.amount}}1"
      body.items[0]: { id: i2, of: "{{event.id}}" }
      header.X-ID: "{{event.header.date}}"
      header.Date: null
      header.X-New: 5
  - call: GET http://a/{{event.body.items[0].id}}/{{event.header.x-id}}`,
      [with200("{}"), with200("{}")],
    );
    expect(run.passed).toBe(true);
    expect(sent[0]?.changed).toEqual({
      body: '{"account":"s3cret\\"","amount":20.01,\n "items":[{"id":"i2","of":"e1"}]}',
      headers: [
        ["X-Id", "now"],
        ["X-New", "5"],
      ],
    });
    expect(calls[0]?.url).toBe("http://a/i2/now");
  });

  test.each([
    ["body.acount: 1", "Line 6: the event has no body.acount to set."],
    ["body.items[1].id: 1", "Line 6: the event has no body.items[1].id to set."],
    ['header.X: "{{event.body.nothing}}"', "The event has no body.nothing."],
  ])("setting %s fails with its line", async (set, words) => {
    const text = `name: x\nsteps:\n  - sample: stripe\n    to: http://a\n    set:\n      ${set}`;
    const { run, sent } = await runOf(text, []);
    expect([run.steps[0]?.error, sent]).toEqual([words, []]);
  });

  test("a body that is no JSON has no values to set", () => {
    const bytes = Buffer.from("a=1&b=2");
    const form = { headers: [], body: "a=1&b=2", bytes };
    const step = { set: { "body.a": "2" }, lines: { "body.a": 7 } };
    expect(() => setIn(form, step, asWritten)).toThrow("Line 7: the event's body is no JSON");
    expect(setIn(form, { set: { "header.A": "1" } }, asWritten)).toEqual({ headers: [["A", "1"]] });
  });

  test("a value can't break out of a JSON body", async () => {
    const text =
      'name: x\nsteps:\n  - sample: stripe\n    to: http://a\n  - call: POST http://a\n    body:\n      who: "{{answer.body.q}}"';
    const { calls } = await runOf(text, [with200('{"q":"\\",\\"admin\\":true"}'), with200("{}")]);
    expect(JSON.parse(calls[0]?.body ?? "")).toEqual({ who: '","admin":true' });
    expect(calls[0]?.headers).toEqual([["Content-Type", "application/json"]]);
  });
});
