import { describe, expect, test } from "vitest";
import type { RecognisedProvider, RequestSummary } from "#lib/contract/requests.ts";
import { rfc3339 } from "#lib/contract/time.ts";
import { deliveries } from "#lib/providers/deliveries.ts";
import { findProvider } from "#lib/providers/providers.ts";
import { layOut } from "#lib/threads/lay-out.ts";

const START = Date.UTC(2026, 10, 21, 14) / 1000;

type Given = {
  at?: number;
  status?: number;
  ms?: number;
  body?: string;
  target?: string;
  facts?: Partial<RecognisedProvider>;
};

function request(provider: string | null, seq: number, given: Given): RequestSummary {
  const { at = 0, status = 200, ms = 5, target = "/a", facts = {} } = given;
  return {
    id: `r${seq}`,
    seq,
    receivedAt: rfc3339((START + at) * 1e6),
    method: "POST",
    target,
    contentType: null,
    bodySize: 1,
    bodyTruncated: false,
    bodyIncomplete: false,
    remoteAddress: "127.0.0.1",
    provider: provider === null ? null : { ...UNSAID, id: provider, name: provider, ...facts },
    thread: { id: "t", by: "event", place: seq, count: 9 },
    signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
    response: { status, headers: [], bodySize: 0 },
    answered: { outcome: "sent", respondedMs: ms },
  };
}

const UNSAID = {
  event: null,
  deliveryId: "d",
  attempt: null,
  eventId: null,
  account: null,
  mode: null,
  occurredAt: null,
};

/** The thread of these tries, as the last of them sees it. */
function thread(provider: string | null, tries: readonly Given[], near: readonly Given[] = []) {
  const threaded = tries.map((given, index) => ({
    request: request(provider, index + 10, given),
    bodySha256: given.body ?? "same",
  }));
  const asked = threaded.at(-1)?.request;
  if (!asked) throw new Error("no tries");
  return layOut(
    threaded,
    asked,
    near.map((given, index) => request(provider, index + 1, given)),
  );
}

const inSeconds = (time: string | null) => (time ? Date.parse(time) / 1000 - START : null);

describe("the tries of an event", () => {
  test("are numbered for each destination, with the gaps between them", () => {
    const { attempts } = thread("stripe", [
      { at: 0, status: 500 },
      { at: 1, target: "/b" },
      { at: 61, status: 500 },
    ]);
    const shown = attempts.map((each) => [each.destination, each.try, each.gapSeconds]);
    expect(shown).toEqual([
      [1, 1, null],
      [2, 1, null],
      [1, 2, 61],
    ]);
  });

  test("count on from the sender's own number, since earlier ones may not be here", () => {
    const { attempts } = thread("slack", [{ facts: { attempt: 3 } }, { at: 9 }]);
    expect(attempts.map((each) => each.try)).toEqual([3, 4]);
  });

  test("are pointed out where the same id has another body", () => {
    const tries = [{}, { body: "other" }, { target: "/b", body: "third" }];
    expect(thread("stripe", tries).attempts.map((each) => each.isBodyOther)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each([
    ["stripe", { status: 204 }, "delivered"],
    ["stripe", { status: 302 }, "refused"],
    ["linear", { status: 204 }, "refused"],
    ["woocommerce", { status: 302 }, "delivered"],
    ["slack", { ms: 3_001 }, "late"],
    [null, { ms: 60_000 }, "delivered"],
  ])("sent by %s and answered with %j are %s", (provider, given, result) => {
    expect(thread(provider, [given]).attempts[0]?.result).toBe(result);
  });

  test("are unanswered when the sender was gone, and unknown until that is known", () => {
    const one = request("stripe", 1, {});
    const resultOf = (change: Partial<RequestSummary>) => {
      const asked = { ...one, ...change };
      return layOut([{ request: asked, bodySha256: "" }], asked, []).attempts[0]?.result;
    };
    expect(resultOf({ answered: { outcome: "sender_gone", respondedMs: null } })).toBe(
      "unanswered",
    );
    expect(resultOf({ response: null })).toBe("unanswered");
    expect(resultOf({ answered: null })).toBe("unknown");
  });
});

describe("the next try", () => {
  const failed = { status: 500, ms: 1_000 };

  test("is expected when the documents say so, after the answer to the last one", () => {
    const { next } = thread("slack", [failed, { ...failed, at: 2 }]);
    expect(next).toMatchObject({ kind: "expected", try: 3 });
    if (next.kind !== "expected") return;
    expect([next.from, next.to, next.endsAt].map(inSeconds)).toEqual([63, 93, 363]);
  });

  test("is expected from when the sender stopped waiting", () => {
    const { next } = thread("linear", [{ ms: 9_000 }]);
    expect(next.kind === "expected" && inSeconds(next.from)).toBe(65);
  });

  test("is none once one was delivered, and none of another destination counts", () => {
    expect(thread("slack", [failed, { at: 1 }]).next).toEqual({ kind: "none" });
    const elsewhere = thread("slack", [{ target: "/b" }, { ...failed, at: 1 }]);
    expect(elsewhere.next.kind).toBe("expected");
  });

  test("never comes where the provider does not try again", () => {
    expect(thread("github", [failed]).next).toEqual({ kind: "never" });
  });

  test("may come until the time is over, where no schedule is told", () => {
    const { next } = thread("shopify", [failed, { ...failed, at: 60 }]);
    expect(next).toMatchObject({ kind: "until", tries: 7 });
    expect(next.kind === "until" && inSeconds(next.endsAt)).toBe(4 * 3600);
  });

  test("goes by the schedule of the mode", () => {
    const test = { ...failed, facts: { mode: "test" as const } };
    expect(thread("stripe", [failed]).next).toMatchObject({ kind: "until", tries: null });
    expect(thread("stripe", [test]).next).toEqual({ kind: "until", endsAt: null, tries: 3 });
  });

  test("comes no more after the last one, or after an answer that is final", () => {
    const all = [0, 5, 30, 155].map((at) => ({ ...failed, at }));
    expect(thread("lemon-squeezy", all).next).toEqual({ kind: "ended" });
    expect(thread("mailgun", [{ status: 406 }]).next).toEqual({ kind: "ended" });
    expect(thread("sanity", [{ status: 400 }]).next).toEqual({ kind: "ended" });
    expect(thread("aws-sns", [{ status: 404 }]).next).toEqual({ kind: "ended" });
    expect(thread("aws-sns", [{ status: 429 }]).next.kind).toBe("expected");
  });

  test("is untold for senders that document none, and unknown ones", () => {
    expect(thread("zoom", [failed]).next).toEqual({ kind: "untold" });
    expect(thread(null, [failed]).next).toEqual({ kind: "untold" });
  });

  test("is documented for providers only, and each schedule has gaps that are none of them negative", () => {
    for (const [id, { retries, testRetries }] of Object.entries(deliveries)) {
      expect(findProvider(id)?.id).toBe(id);
      for (const each of [retries, testRetries]) {
        const gaps = typeof each === "object" && "gaps" in each ? each.gaps : [];
        expect(gaps.every((gap) => gap >= 0)).toBe(true);
      }
    }
  });
});

describe("an event that was overtaken", () => {
  const at = (seconds: number) => ({ occurredAt: rfc3339((START + seconds) * 1e6) });

  test("is one that happened before what came earlier; the latest of those is told", () => {
    const near = [{ facts: at(5) }, { facts: at(20) }, { facts: at(-1) }];
    const told = thread("stripe", [{ facts: at(0) }], near).overtakenBy;
    expect(told).toEqual({ id: "r2", seq: 2, event: null, by: "time", seconds: 20 });
  });

  test("is not one of the same moment, nor one without a time", () => {
    expect(thread("stripe", [{ facts: at(0) }], [{ facts: at(0) }]).overtakenBy).toBeNull();
    expect(thread("stripe", [{}], [{ facts: at(9) }]).overtakenBy).toBeNull();
  });

  test("is told by its number where the provider counts", () => {
    const facts = (deliveryId: string) => ({ facts: { deliveryId } });
    const told = thread("telegram", [facts("99")], [facts("100")]).overtakenBy;
    expect(told).toMatchObject({ seq: 1, by: "number", seconds: null });
    expect(thread("stripe", [facts("99")], [facts("100")]).overtakenBy).toBeNull();
    expect(thread("telegram", [facts("101")], [facts("100")]).overtakenBy).toBeNull();
  });
});
