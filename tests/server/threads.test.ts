import { describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import type { RequestThread } from "#lib/contract/threads.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { LiveReader } from "#tests/helpers/live-reader.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

const SOON = { timeout: 10_000 };

const call = createCall(server);

type Sent = { target?: string; headers?: Record<string, string>; body: unknown };

/** Sends in this order; gives the requests' ids. */
async function send(bin: BinMinted, ...all: Sent[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { target = "", headers, body } of all) {
    const answer = await call("POST", `/in/${bin.id}${target}`, { body, headers });
    ids.push(String(answer.headers["hooklens-request-id"]));
  }
  return ids;
}

const path = (bin: BinMinted, id = "") => `/api/bins/${bin.id}/requests/${id}`;
const read = async (bin: BinMinted, id: string) =>
  (await call("GET", path(bin, id), { key: bin.key })).json<CapturedRequest>();
const thread = async (bin: BinMinted, id = "") =>
  (await call("GET", `${path(bin, id)}/thread`, { key: bin.key })).json<RequestThread>();
const list = async (bin: BinMinted) =>
  (await call("GET", `/api/bins/${bin.id}/requests`, { key: bin.key })).json<Page<RequestSummary>>()
    .items;
const correct = (bin: BinMinted, id: string, provider: unknown) =>
  call("PATCH", path(bin, id), { key: bin.key, body: { provider } });

const stripe = (id: string, more: object = {}): Sent => ({
  headers: { "Stripe-Signature": `t=1,v1=${id}` },
  body: { id, object: "event", type: "charge.succeeded", ...more },
});

describe("requests of one event", () => {
  test("know their place in the list, one by one, and in what is pushed", async () => {
    const bin = await mint(call);
    const live = new LiveReader(`http://127.0.0.1:${server.port}`, bin);
    await expect.poll(() => live.isSettled, SOON).toBe(true);
    const [first = ""] = await send(bin, stripe("evt_1"), stripe("evt_2"), stripe("evt_1"));
    const places = (items: readonly RequestSummary[]) =>
      items.map(({ thread: of }) => [of?.by, of?.place, of?.count]);
    expect(places(await list(bin))).toEqual([
      ["event", 2, 2],
      ["event", 1, 1],
      ["event", 1, 2],
    ]);
    expect((await read(bin, first)).thread).toMatchObject({ place: 1, count: 2 });
    await expect.poll(() => live.rows.size, SOON).toBe(3);
    const pushed = [1, 2, 3].map((seq) => live.rows.get(seq)?.thread);
    expect(pushed.map((of) => of?.place)).toEqual([1, 1, 2]);
    expect(pushed[0]?.id).toBe(pushed[2]?.id);
    live.close();
  });

  test("get their places within one batch as well", async () => {
    const bin = await mint(call);
    await Promise.all(Array.from({ length: 40 }, () => send(bin, stripe("evt_1"))));
    const places = (await list(bin)).map((item) => item.thread?.place);
    expect(places).toEqual(Array.from({ length: 40 }, (_, index) => 40 - index));
  });

  test("are read in order, with gaps, results and what is next", async () => {
    const bin = await mint(call, { response: { status: 500 } });
    const slack = (more: object) => ({
      headers: { "X-Slack-Signature": "v0=a", ...more },
      body: { type: "event_callback", event_id: "Ev1", event: { type: "app_mention" } },
    });
    const ids = await send(
      bin,
      slack({}),
      stripe("evt_1"),
      slack({ "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error" }),
    );
    await expect.poll(async () => (await read(bin, ids[2] ?? "")).answered, SOON).not.toBeNull();
    const told = await thread(bin, ids[0]);
    expect(told.attempts.map((each) => [each.request.id, each.try, each.result])).toEqual([
      [ids[0], 1, "refused"],
      [ids[2], 2, "refused"],
    ]);
    expect(told.attempts[1]?.gapSeconds).toBeGreaterThan(0);
    expect(told).toMatchObject({ by: "event", count: 2, timeoutMs: 3_000 });
    expect(told.next).toMatchObject({ kind: "expected", try: 3 });
  });

  test("of an unknown sender are the very same request again, and never one without a body", async () => {
    const bin = await mint(call);
    const same = { target: "/orders", body: { n: 1 } };
    const [first = ""] = await send(bin, same, { ...same, target: "/other" }, same);
    const told = await thread(bin, first);
    expect(told.by).toBe("body");
    expect(told.attempts.map((each) => each.request.seq)).toEqual([1, 3]);
    await call("GET", `/in/${bin.id}/health`);
    await call("GET", `/in/${bin.id}/health`);
    const [health] = await list(bin);
    expect(health?.thread).toBeNull();
    expect(await thread(bin, health?.id)).toMatchObject({ by: null, attempts: [{ try: 1 }] });
  });

  test("tell of another body under the same id, and of what overtook them", async () => {
    const bin = await mint(call);
    const at = (created: number) => ({ created });
    const ids = await send(
      bin,
      stripe("evt_1", at(1_795_000_000)),
      stripe("evt_2", at(1_795_000_060)),
      stripe("evt_1", { ...at(1_795_000_000), changed: true }),
    );
    const told = await thread(bin, ids[2]);
    expect(told.attempts.map((each) => each.isBodyOther)).toEqual([false, true]);
    expect(told.overtakenBy).toMatchObject({ seq: 2, by: "time", seconds: 60 });
    expect((await thread(bin, ids[1])).overtakenBy).toBeNull();
  });

  test("that were removed or cleared are not read, and the others keep their places", async () => {
    const bin = await mint(call);
    const [first = "", second = ""] = await send(bin, stripe("evt_1"), stripe("evt_1"));
    await call("DELETE", path(bin, first), { key: bin.key });
    await send(bin, stripe("evt_1"));
    const told = await thread(bin, second);
    expect(told.count).toBe(3);
    expect(told.attempts.map((each) => each.request.thread?.place)).toEqual([2, 3]);
    expect((await call("GET", `${path(bin, first)}/thread`, { key: bin.key })).status).toBe(404);
    const other = await mint(call);
    expect((await call("GET", `${path(other, second)}/thread`, { key: other.key })).status).toBe(
      404,
    );
  });
});

describe("who sent it, by a person's word", () => {
  const body = { id: "evt_9", type: "invoice.paid", event_id: "Ev9", event_time: 1_795_000_000 };

  test("is kept, and what hangs on it is read anew and told to who watches", async () => {
    const bin = await mint(call);
    const live = new LiveReader(`http://127.0.0.1:${server.port}`, bin);
    const [id = ""] = await send(bin, { body });
    expect((await read(bin, id)).provider).toBeNull();
    await expect.poll(() => live.rows.size, SOON).toBe(1);
    const answer = await correct(bin, id, "slack");
    expect(answer.status).toBe(200);
    const corrected = answer.json<CapturedRequest>();
    expect(corrected).toMatchObject({
      provider: { id: "slack", name: "Slack", event: "invoice.paid", eventId: "Ev9" },
      providerChosen: true,
    });
    expect(corrected.provider?.occurredAt).toBe("2026-11-18T11:06:40.000000Z");
    await expect.poll(() => live.rows.get(1)?.provider?.id, SOON).toBe("slack");
    expect(await read(bin, id)).toMatchObject({ provider: { id: "slack" } });
    live.close();
  });

  test("may be that it was nobody known, and recognition has its word back by auto", async () => {
    const bin = await mint(call);
    const [id = ""] = await send(bin, stripe("evt_1"));
    expect((await correct(bin, id, null)).json()).toMatchObject({
      provider: null,
      providerChosen: true,
    });
    const back = (await correct(bin, id, "auto")).json<CapturedRequest>();
    expect(back.provider?.id).toBe("stripe");
    expect(back.providerChosen).toBeUndefined();
  });

  test("puts the request into its event's thread, between those that came before and after", async () => {
    const bin = await mint(call);
    const sent = stripe("evt_1");
    const [, id = ""] = await send(bin, sent, { body: sent.body, target: "/b" }, sent);
    await correct(bin, id, "auto");
    const hidden = await correct(bin, id, null);
    expect(hidden.json<CapturedRequest>().thread).toMatchObject({ by: "body", place: 1 });
    const shown = await correct(bin, id, "stripe");
    expect(shown.json<CapturedRequest>().thread).toMatchObject({ by: "event", place: 2 });
    const told = await thread(bin, id);
    expect(told.attempts.map((each) => each.request.thread?.place)).toEqual([1, 2, 3]);
  });

  test("is refused for a provider that nobody knows, and by who may not", async () => {
    const bin = await mint(call);
    const [id = ""] = await send(bin, { body });
    expect((await correct(bin, id, "acme")).json()).toMatchObject({
      code: "invalid_fields",
      errors: [{ pointer: "/provider" }],
    });
    for (const wrong of [7, "", {}]) {
      expect((await correct(bin, id, wrong)).status).toBe(422);
    }
    const other = await mint(call);
    const foreign = await call("PATCH", path(other, id), {
      key: other.key,
      body: { provider: null },
    });
    expect(foreign.status).toBe(404);
    expect((await read(bin, id)).provider).toBeNull();
  });
});
