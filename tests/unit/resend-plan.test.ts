import { describe, expect, test } from "vitest";
import { failureWords, planWords, standingOf } from "#components/resends/words.ts";
import { durationWords } from "#components/ui/duration-words.ts";
import type { Resend, ResendPlan } from "#lib/contract/resends.ts";
import { fileOf } from "#lib/manage/resend-file.ts";
import { count, secondsFor } from "#lib/manage/resend-plan.ts";

async function* windowsOf(...windows: { seq: number; isCut: boolean }[][]) {
  yield* windows;
}

const whole = (seq: number) => ({ seq, isCut: false });

describe("a plan", () => {
  test("counts over all windows, with what can't be sent and the range of the seqs", async () => {
    const windows = windowsOf([whole(3), { seq: 7, isCut: true }], [], [whole(4_100)]);
    expect(await count(windows)).toEqual({
      requests: 3,
      incomplete: 1,
      isExact: true,
      range: { first: 3, last: 4_100 },
    });
    expect(await count(windowsOf())).toMatchObject({ requests: 0, range: null });
  });

  test("that takes too long says that there may be more", async () => {
    let now = 0;
    const counted = await count(
      windowsOf([whole(1)], [whole(2)], [whole(3)]),
      () => (now += 2_000),
    );
    expect(counted).toMatchObject({ requests: 2, isExact: false, range: { first: 1, last: 2 } });
  });

  test("takes as long as the rate says for those that can be sent", () => {
    expect(secondsFor({ requests: 130, incomplete: 10 }, 0.5)).toBe(240);
    expect(secondsFor({ requests: 130, incomplete: 10 }, Number.POSITIVE_INFINITY)).toBeNull();
  });

  test("says it in words, and whose limit it is", () => {
    const plan: ResendPlan = {
      requests: 1_200,
      incomplete: 2,
      isExact: true,
      range: { first: 5, last: 2_000 },
      name: null,
      to: "https://a.example/",
      ratePerSecond: 0.5,
      seconds: 2_396,
    };
    expect(planWords(plan, { ratePerSecond: 10 })).toEqual([
      "1,200 requests, #5 to #2000.",
      "2 of them can’t be sent: what was captured is not all that was sent.",
      "At 30 a minute, about 40 min.",
      "The server’s FORWARD_RATE does not let it go faster to other machines.",
    ]);
    expect(
      planWords({ ...plan, ratePerSecond: null, seconds: null }, { ratePerSecond: null }),
    ).toContain("As fast as the target answers.");
    const unknown = { ...plan, requests: 0, incomplete: 0, isExact: false, range: null };
    expect(planWords(unknown, { ratePerSecond: 10 })[0]).toMatch(/too many to look at/);
    expect([0.2, 45, 200_000].map(durationWords)).toEqual([
      "about a second",
      "about 45 s",
      "about 2 d",
    ]);
  });
});

test("how it stands adds up: what was stopped says how many were not sent", () => {
  const resend = { planned: 10, pausedUntil: null } as Resend;
  const words = (part: Partial<Resend>) => standingOf({ ...resend, ...part });
  expect(words({ state: "running", counts: { pending: 5, delivered: 3, dead: 1 } })).toBe(
    "Sending: 3 of 10 delivered, 1 failed.",
  );
  expect(words({ state: "stopped", counts: { pending: 1, delivered: 3, dead: 0 } })).toBe(
    "Stopped: 3 of 10 delivered, 1 still under way, 6 not sent.",
  );
  expect(words({ state: "done", counts: { pending: 0, delivered: 8, dead: 0 } })).toBe(
    "Done: 8 of 10 delivered. 2 were removed, or matched no more.",
  );
  expect(failureWords({ reason: 500 })).toBe("answered 500");
  expect(failureWords({ reason: "refused" })).toBe("the connection was refused");
  expect(failureWords({ reason: "interrupted" })).toContain("may have arrived");
});

test("a report as CSV has a head, and nothing that a spreadsheet takes for a formula", async () => {
  async function* lines() {
    yield {
      seq: 1,
      requestId: "r",
      forwardId: "f",
      state: "dead" as const,
      deadReason: "attempts" as const,
      attempts: 1,
      startedAt: null,
      url: "=cmd()",
      status: 500,
      totalMs: 1.5,
      error: null,
      link: "http://h/b/x",
    };
  }
  let text = "";
  for await (const piece of fileOf("csv", lines())) text += piece;
  const [head, row] = text.trim().split("\r\n");
  expect(head).toContain('"seq","requestId"');
  expect(row).toContain(`"'=cmd()","500","1.5",""`);
});
