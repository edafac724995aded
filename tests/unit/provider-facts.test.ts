import { describe, expect, test } from "vitest";
import type { Recognised } from "#lib/contract/draft.ts";
import { readMoment, type TimeUnit } from "#lib/providers/moment.ts";
import { providers } from "#lib/providers/providers.ts";
import { readAs } from "#lib/providers/recognise.ts";
import { threadKeyOf, type ThreadParts } from "#lib/providers/thread-key.ts";

type Facts = Partial<Recognised>;
type Given = { headers?: Record<string, string>; json?: unknown; form?: string };

function read(provider: string, { headers = {}, json, form }: Given): Recognised | null {
  const pairs = Object.entries(headers);
  if (form !== undefined) pairs.push(["Content-Type", "application/x-www-form-urlencoded"]);
  return readAs(provider, pairs, "", Buffer.from(form ?? JSON.stringify(json ?? {})));
}

const AT = Date.UTC(2026, 10, 21, 14, 3, 22) * 1000;
const SECONDS = AT / 1e6;
const MS = AT / 1e3;

describe("what a provider says of its event", () => {
  test.each<[string, Given, Facts]>([
    [
      "stripe",
      { json: { id: "evt_1", account: "acct_1", livemode: true, created: SECONDS } },
      { eventId: "evt_1", account: "acct_1", mode: "live", occurredAtUs: AT },
    ],
    [
      "stripe",
      { json: { livemode: false, created: "2026-11-21T14:03:22.25Z" } },
      { mode: "test", occurredAtUs: AT + 250_000 },
    ],
    [
      "shopify",
      {
        headers: {
          "X-Shopify-Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
          "X-Shopify-Shop-Domain": "acme.myshopify.com",
          "X-Shopify-Triggered-At": "2026-11-21T14:03:22.123456789Z",
        },
      },
      {
        eventId: "98880550-7158-44d4-b7cd-2c97c8a091b5",
        account: "acme.myshopify.com",
        occurredAtUs: AT + 123_457,
      },
    ],
    [
      "slack",
      { json: { event_id: "Ev1", team_id: "T1", event_time: SECONDS } },
      { eventId: "Ev1", account: "T1", occurredAtUs: AT },
    ],
    ["slack", { form: "payload=%7B%22team%22%3A%7B%22id%22%3A%22T2%22%7D%7D" }, { account: "T2" }],
    [
      "square",
      {
        headers: { "square-environment": "Sandbox" },
        json: { event_id: "e", merchant_id: "M", created_at: "2026-11-21T15:03:22+01:00" },
      },
      { eventId: "e", account: "M", mode: "test", occurredAtUs: AT },
    ],
    ["lemon-squeezy", { json: { meta: { test_mode: true } } }, { mode: "test" }],
    ["adyen", { json: { live: "true" } }, { mode: "live" }],
    [
      "zoom",
      { json: { event_ts: MS, payload: { account_id: "a" } } },
      { account: "a", occurredAtUs: AT },
    ],
    [
      "meta",
      { json: { entry: [{ id: "17", time: SECONDS }] } },
      { account: "17", occurredAtUs: AT },
    ],
    ["meta", { json: { entry: [{ id: "17", time: MS }] } }, { occurredAtUs: AT }],
    [
      "mailchimp",
      { form: "fired_at=2026-11-21+14%3A03%3A22&data%5Blist_id%5D=l" },
      { account: "l", occurredAtUs: AT },
    ],
    [
      "xero",
      { json: { events: [{ eventDateUtc: "2026-11-21T14:03:22.000" }] } },
      { occurredAtUs: AT },
    ],
    ["svix", { headers: { "svix-id": "msg_1" } }, { eventId: "msg_1" }],
  ])("%s %j", (provider, given, facts) => {
    expect(read(provider, given)).toMatchObject(facts);
  });

  test("is null where it says nothing", () => {
    for (const { id } of providers) {
      const nothing = { eventId: null, account: null, mode: null, occurredAtUs: null };
      expect(read(id, {})).toMatchObject(nothing);
    }
  });

  test("is bounded, and can be stored, whatever a stranger puts there", () => {
    const huge = `a\0\ud800${"\u{1f4a5}".repeat(100_000)}`;
    const hostile = { id: huge, account: huge, livemode: huge, created: huge };
    const facts = read("stripe", { json: hostile });
    expect(facts?.mode).toBeNull();
    expect(facts?.occurredAtUs).toBeNull();
    for (const value of [facts?.eventId, facts?.account]) {
      expect(value?.length).toBeLessThanOrEqual(256);
      expect(value).toBe(value?.toWellFormed());
      expect(value).not.toContain("\0");
    }
  });
});

describe("a time", () => {
  test.each<[string, TimeUnit]>([
    ["1e9", "s"],
    ["-1795269802", "s"],
    ["17952698020000000000000", "s"],
    ["1795269802000", "s"],
    ["1795269802", "ms"],
    ["tomorrow", "iso"],
    ["2026-13-40T99:99:99Z", "iso"],
    ["0001-01-01T00:00:00Z", "iso"],
    ["2026-11-21", "iso"],
    ["", "iso"],
  ])("is not %j in %s", (text, unit) => expect(readMoment(text, unit)).toBeNull());

  test.each<[string, TimeUnit]>([
    [`${SECONDS}`, "s"],
    [`${SECONDS}.0`, "s"],
    [`${MS}`, "ms"],
    ["2026-11-21T14:03:22Z", "iso"],
    ["2026-11-21 14:03:22", "iso"],
    ["2026-11-21T19:33:22+0530", "iso"],
    ["2026-11-21T14:03:22.0000000Z", "iso"],
  ])("is %j in %s", (text, unit) => expect(readMoment(text, unit)).toBe(AT));
});

describe("what the tries of an event have in common", () => {
  const plain: ThreadParts = {
    provider: null,
    isHandshake: false,
    method: "POST",
    target: "/a",
    bodySize: 3,
    bodySha256: new Uint8Array(32),
    isBodyWhole: true,
  };
  const other = new Uint8Array(32).fill(1);
  const key = (change: Partial<ThreadParts>) =>
    threadKeyOf({ ...plain, ...change })?.toString("hex") ?? null;
  const said = (provider: string, facts: Facts) => ({
    provider: { ...(read(provider, {}) as Recognised), ...facts },
  });

  test("is the provider's id, not the body, the target or the delivery", () => {
    const first = said("paddle", { event: "paid", eventId: "evt_1", deliveryId: "ntf_1" });
    const again = said("paddle", { event: "paid", eventId: "evt_1", deliveryId: "ntf_2" });
    expect(key({ ...again, target: "/b", bodySha256: other })).toBe(key(first));
  });

  test("is not shared by other events, accounts and providers", () => {
    const one = said("paddle", { event: "paid", eventId: "1", account: "a" });
    const others = [
      said("paddle", { event: "paid", eventId: "2", account: "a" }),
      said("paddle", { event: "sent", eventId: "1", account: "a" }),
      said("paddle", { event: "paid", eventId: "1", account: "b" }),
      said("stripe", { event: "paid", eventId: "1", account: "a" }),
    ];
    expect(new Set([one, ...others].map(key)).size).toBe(5);
  });

  test("counts the body where the id names what the event is about", () => {
    const opened = said("postmark", { event: "Open", deliveryId: "m" });
    expect(key({ ...opened, bodySha256: other })).not.toBe(key(opened));
  });

  test("is the very same request where there is no id", () => {
    expect(key({})).toBe(key({}));
    expect(key({})).not.toBeNull();
    for (const change of [{ method: "PUT" }, { target: "/b" }, { bodySha256: other }]) {
      expect(key(change)).not.toBe(key({}));
    }
  });

  test("is nothing for what is like no other", () => {
    expect(key({ bodySize: 0 })).toBeNull();
    expect(key({ isHandshake: true })).toBeNull();
    expect(key({ isBodyWhole: false })).toBeNull();
  });
});
