import { describe, expect, test } from "vitest";
import type { ExperimentKind } from "#lib/contract/experiment-limits.ts";
import type { ExperimentLine } from "#lib/contract/experiments.ts";
import { judge } from "#lib/lab/judge.ts";
import type { Outcome } from "#lib/lab/outcome.ts";
import { planExperiment } from "#lib/lab/plan.ts";
import { runPlan } from "#lib/lab/run.ts";
import { tamper } from "#lib/lab/tamper.ts";

const event = { id: "b", seq: 8 };
const earlier = { id: "a", seq: 5 };
const signing = { provider: "Stripe", coversBody: true };

type Answer = [
  status: number | null,
  body?: unknown,
  headers?: [string, string][],
  problem?: string,
];

function verdict(kind: ExperimentKind, answers: readonly Answer[], how = signing) {
  const plan = planExperiment({ kind, event, other: earlier, times: answers.length });
  const outcomes = answers.map(([status, body = "", headers = [], problem], index): Outcome => {
    const isText = typeof body === "string";
    const planned = plan[index];
    if (!planned) throw new Error("More answers than sends");
    return {
      planned,
      status,
      headers: [["Content-Type", isText ? "text/plain" : "application/json"], ...headers],
      body: new TextEncoder().encode(isText ? body : JSON.stringify(body)),
      problem: problem ?? (status === null ? "Nothing listens there." : null),
    };
  });
  return judge(kind, outcomes, how);
}

describe("a plan", () => {
  test("sends a burst in one step, and repeats one after the other", () => {
    const burst = planExperiment({ kind: "burst", event, other: null, times: 3 });
    expect(burst.map(({ step, requestId }) => [step, requestId])).toEqual([
      [0, "b"],
      [0, "b"],
      [0, "b"],
    ]);
    const late = planExperiment({ kind: "late", event, other: null, delayMs: 2_000 });
    expect(late.map(({ step, waitMs }) => [step, waitMs])).toEqual([
      [0, 0],
      [1, 2_000],
    ]);
  });

  test.each([
    [event, earlier],
    [earlier, event],
  ])("swaps two events by their numbers, whichever it began with", (one, other) => {
    const plan = planExperiment({ kind: "swapped", event: one, other });
    expect(plan.map(({ seq, step }) => [seq, step])).toEqual([
      [8, 0],
      [5, 1],
      [5, 2],
      [8, 3],
    ]);
  });

  test("is ended between two steps, and then has no verdict", async () => {
    const ending = new AbortController();
    const lines: ExperimentLine[] = [];
    const running = runPlan({
      plan: planExperiment({ kind: "twice", event, other: null }),
      send: async (_, send) => ({ send, problem: "none" }),
      wait: async () => undefined,
      verdict: async () => {
        throw new Error("There is nothing to judge");
      },
      signal: ending.signal,
    });
    for await (const line of running) {
      lines.push(line);
      if ("send" in line) ending.abort();
    }
    expect(lines).toHaveLength(2);
  });
});

describe("one byte changed", () => {
  const changed = (text: string) =>
    Buffer.from(tamper(Buffer.from(text)) ?? Buffer.alloc(0)).toString();

  test.each([
    ['{"id":"evt_1","amount":1099,"paid":true}', '{"id":"evt_1","amount":1098,"paid":true}'],
    ['{"a":1,"b":["xy"]}', '{"a":1,"b":["xY"]}'],
    ['{"a":"x\\n","b":"y"}', '{"a":"x\\n","b":"Y"}'],
    ["a=1&b=x%2C", "a=1&b=X%2C"],
    ["<a><b>12</b></a>", "<a><b>13</b></a>"],
    ["\u0001", "\u0000"],
  ])("of %j makes %j, which still parses", (from, to) => {
    expect(changed(from)).toBe(to);
  });

  test("of nothing is not possible", () => expect(tamper(Buffer.alloc(0))).toBeNull());
});

describe("the verdict on repeats", () => {
  test.each<[string, ExperimentKind, Answer[], string, RegExp]>([
    [
      "the same answers",
      "twice",
      [
        [200, { ok: true }],
        [200, { ok: true }],
      ],
      "passed",
      /same/,
    ],
    [
      "answers that differ in their times and request ids",
      "burst",
      [
        [
          200,
          { at: "2026-01-01T10:00:00Z", request_id: "1", took_ms: 3, now: 1767261600 },
          [
            ["Date", "a"],
            ["X-Request-Id", "1"],
          ],
        ],
        [
          200,
          { at: "2026-01-01T10:00:01Z", request_id: "2", took_ms: 4, now: 1767261601 },
          [
            ["Date", "b"],
            ["X-Request-Id", "2"],
          ],
        ],
      ],
      "passed",
      /same/,
    ],
    [
      "another order",
      "twice",
      [
        [200, { order: { id: 7 } }],
        [200, { order: { id: 8 } }],
      ],
      "found",
      /more than once/,
    ],
    [
      "another number behind the same name",
      "twice",
      [
        [200, { order: "ord_1" }],
        [200, { order: "ord_2" }],
      ],
      "found",
      /more than once/,
    ],
    [
      "another order in plain text",
      "late",
      [
        [200, "order 7"],
        [200, "order 8"],
      ],
      "found",
      /more than once/,
    ],
    [
      "another place of what was made",
      "twice",
      [
        [201, "", [["Location", "/o/1"]]],
        [201, "", [["Location", "/o/2"]]],
      ],
      "found",
      /more than once/,
    ],
    [
      "a repeat that is told",
      "twice",
      [
        [200, { order: 7 }],
        [200, { duplicate: true }],
      ],
      "passed",
      /noticed/,
    ],
    [
      "a repeat that is denied",
      "twice",
      [
        [200, { n: 1, duplicate: false }],
        [200, { n: 2, duplicate: false }],
      ],
      "found",
      /more than once/,
    ],
    [
      "another word",
      "twice",
      [
        [200, { state: "new" }],
        [200, { state: "old" }],
      ],
      "unsure",
      /not the same/,
    ],
    [
      "a counter of tries",
      "twice",
      [
        [200, { attempt: 1 }],
        [200, { attempt: 2 }],
      ],
      "unsure",
      /not the same/,
    ],
    ["a conflict", "burst", [[200], [409], [409]], "passed", /refused the others with 409/],
    ["a failure", "twice", [[200], [500]], "found", /made it fail with 500/],
    ["a limit", "burst", [[200], [429], [429]], "unsure", /refused 2 with 429/],
    ["refusals only", "twice", [[401], [401]], "unsure", /refused all with 401/],
    ["no answer", "twice", [[200], [null]], "unsure", /1 of 2 got no answer/],
    ["201, then 200", "twice", [[201], [200]], "unsure", /201 and 200/],
  ])("with %s", (_, kind, answers, result, title) => {
    expect(verdict(kind, answers)).toMatchObject({ result, title: expect.stringMatching(title) });
  });
});

test("an answer that broke off is none, whatever its status", () => {
  const answers: Answer[] = [
    [200, "o", [], "The connection was closed before the answer had ended."],
    [200, "ok"],
  ];
  for (const kind of ["twice", "burst", "tampered"] as const) {
    expect(verdict(kind, answers)).toMatchObject({
      result: "unsure",
      title: "1 of 2 got no whole answer",
      why: expect.stringMatching(/^The connection was closed/),
    });
  }
});

describe("the verdict on order", () => {
  const ok: Answer = [200, { ok: true }];
  test.each<[string, Answer[], string, RegExp]>([
    ["all taken alike", [ok, ok, ok, ok], "passed", /either order/],
    ["the later refused when it came first", [[404], ok, ok, ok], "found", /depends on the order/],
    ["one refused in their order too", [[404], ok, ok, [404]], "unsure", /In their order/],
    ["all refused", [[400], [400], [400], [400]], "unsure", /refused all/],
    [
      "other answers",
      [[200, { s: "early" }], ok, ok, [200, { s: "paid" }]],
      "unsure",
      /other answers/,
    ],
  ])("with %s", (_, answers, result, title) => {
    const found = verdict("swapped", answers);
    expect(found).toMatchObject({ result, title: expect.stringMatching(title) });
  });
});

describe("the verdict on one changed byte", () => {
  test.each<
    [string, Answer[], typeof signing | { provider: null; coversBody: false }, string, RegExp]
  >([
    ["a refusal", [[200], [400]], signing, "passed", /it verifies/],
    ["a yes", [[200], [200]], signing, "found", /does not verify/],
    [
      "a yes, where the body is not signed",
      [[200], [200]],
      { ...signing, coversBody: false },
      "unsure",
      /took the changed byte/,
    ],
    [
      "a yes to a sender nobody knows",
      [[200], [200]],
      { provider: null, coversBody: false } as never,
      "unsure",
      /took the changed byte/,
    ],
    ["both refused", [[400], [400]], signing, "unsure", /unchanged one too/],
    ["a crash", [[200], [500]], signing, "unsure", /answered 500/],
  ])("with %s", (_, answers, how, result, title) => {
    const found = verdict("tampered", answers, how as typeof signing);
    expect(found).toMatchObject({ result, title: expect.stringMatching(title) });
  });
});
