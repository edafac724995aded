import Stripe from "stripe";
import { beforeAll, describe, expect, test } from "vitest";
import type { BrowserForwardBegun } from "#lib/contract/browser-forwards.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import { mintBin, onlyAttempt } from "#tests/helpers/forwarding.ts";
import { databaseUrl, far, near } from "#tests/helpers/shared-servers.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const { webhooks } = new Stripe("sk_test_unused");
const STRIPE_SECRET = "whsec_dGhpcyBpcyBub3QgYSByZWFsIHNlY3JldA==";
const YEAR_S = 365 * 24 * 3600;
const BODY = '{"id":"evt_1","object":"event","type":"charge.succeeded","n":1.0}';
const OWN = "http://localhost:3000/hook";
const HASH = "ab".repeat(32);
let own: Awaited<ReturnType<typeof mintBin>>;
beforeAll(async () => {
  own = await mintBin(near.origin);
  await keep("stripe", STRIPE_SECRET);
});

const ended = (result: object, bodySha256Sent: string | null = HASH) => ({
  bodySha256Sent,
  result,
  timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 2, totalMs: 12 },
});
const answered = (part: object = {}) =>
  ended({
    kind: "answer",
    status: 200,
    headers: [["content-type", "text/plain"]],
    bodySize: 2,
    bodyBase64: "b2s=",
    cut: false,
    ...part,
  });

async function post(path: string, input: object, of = own, origin = near.origin) {
  const response = await fetch(`${origin}/api/bins/${of.id}/${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${of.key}`, "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });
  return { status: response.status, json: await response.json() };
}

async function begin(id: string, input: object = {}) {
  const asked = { to: OWN, mode: "cors", ...input };
  const { status, json } = await post(`requests/${id}/browser-forwards`, asked);
  expect(status, JSON.stringify(json)).toBe(201);
  return json as BrowserForwardBegun;
}

/** By another process than the one that began it: nothing of it is kept in memory. */
const report = (forward: Forward, told: object, of = own) =>
  post(`browser-forwards/${forward.id}`, told, of, far.origin);

async function keep(provider: string, secret: string): Promise<void> {
  expect((await post("secrets", { provider, secret })).status).toBe(201);
}

/** As Stripe signed it a year ago. */
function captureStripe(): Promise<string> {
  const timestamp = Math.floor(Date.now() / 1_000) - YEAR_S;
  const sign = { payload: BODY, secret: STRIPE_SECRET, timestamp };
  const signature = webhooks.generateTestHeaderString(sign);
  const headers = { "Content-Type": "application/json", "Stripe-Signature": signature };
  return own.capture({ method: "POST", body: BODY, headers });
}

describe("a forward that a page makes", () => {
  test("is written down before as one that may have been made, and shows nothing of it yet", async () => {
    const id = await captureStripe();
    const { forward, request } = await begin(id, { append: true });
    expect(forward).toMatchObject({ to: OWN, byBrowser: true, state: "pending", attempts: [] });
    expect(request).toMatchObject({ method: "POST", url: OWN, mode: "cors", bodyBase64: null });
    expect(request.headers).toContainEqual(["Hooklens-Forward-Id", forward.id]);
    const { rows } = await run(
      databaseUrl,
      `SELECT status, error_code, error_message, body_sha256_sent FROM attempts WHERE forward_id = '${forward.id}'`,
    );
    expect(rows).toEqual([
      {
        status: null,
        error_code: "interrupted",
        error_message: expect.stringContaining("may have been made"),
        body_sha256_sent: Buffer.alloc(0),
      },
    ]);
  });

  test("has the report for its attempt, once: what a page says later changes nothing", async () => {
    const { forward } = await begin(await captureStripe());
    const first = await report(forward, answered());
    expect(first.json).toMatchObject({ id: forward.id, state: "delivered" });
    const attempt = onlyAttempt(first.json as Forward);
    expect(attempt).toMatchObject({
      status: 200,
      url: OWN,
      bodySize: 2,
      bodyBase64: "b2s=",
      bodySha256Sent: HASH,
      timing: { firstByteMs: 2, totalMs: 12 },
      error: null,
    });
    expect(attempt.changes).toContainEqual({
      kind: "changed",
      name: "accept-encoding",
      value: "(the browser’s own)",
      why: "only the browser may set it",
    });
    const second = await report(forward, answered({ status: 500 }));
    expect(second).toEqual({ status: 200, json: first.json });
  });

  test.each([
    [answered({ status: 404 }), "failed", 404, null],
    [answered({ cut: true }), "failed", 200, "reset"],
    [ended({ kind: "unseen", redirected: false }), "failed", null, "unseen"],
    [ended({ kind: "unseen", redirected: true }), "failed", null, "unseen"],
    [ended({ kind: "failed", reason: "cors" }), "failed", null, "cors"],
    [ended({ kind: "failed", reason: "not_permitted" }), "failed", null, "not_permitted"],
    [ended({ kind: "failed", reason: "blocked" }), "failed", null, "blocked"],
    [ended({ kind: "failed", reason: "undecided" }), "failed", null, "blocked"],
    [ended({ kind: "failed", reason: "timeout" }), "failed", null, "timeout"],
    [ended({ kind: "failed", reason: "not_sent" }, null), "failed", null, "interrupted"],
  ])("says no more than the page was told: %j", async (told, state, status, code) => {
    const { forward } = await begin(await captureStripe());
    const { json } = await report(forward, told);
    expect(json).toMatchObject({ state });
    const attempt = onlyAttempt(json as Forward);
    expect([attempt.status, attempt.error?.code ?? null]).toEqual([status, code]);
    expect(attempt.bodySha256Sent).toBe(told.bodySha256Sent ?? "");
  });

  test("takes no report that is out of bounds", async () => {
    const { forward } = await begin(await captureStripe());
    const hostile = [
      answered({ status: 99 }),
      answered({ status: 101 }),
      answered({ headers: [["a", "b\0"]] }),
      answered({ headers: Array.from({ length: 1001 }, () => ["a", "b"]) }),
      answered({ bodyBase64: Buffer.alloc(300 * 1024).toString("base64") }),
      answered({ bodyBase64: "no base64" }),
      answered({ bodySize: -1 }),
      { ...answered(), timing: { totalMs: -1 } },
      { ...answered(), bodySha256Sent: "x" },
      { ...answered(), more: 1 },
      ended({ kind: "failed", reason: "my own words" }),
    ];
    for (const told of hostile) {
      expect(await report(forward, told)).toMatchObject({ status: 422 });
    }
    expect((await own.list(forward.requestId)).items).toMatchObject([{ state: "pending" }]);
  });

  test("is nobody else's to report, and no other forward is a page's", async () => {
    const id = await captureStripe();
    const { forward } = await begin(id);
    const other = await mintBin(near.origin);
    const byServer = await own.forward(id, { to: "http://127.0.0.1:1/" });
    for (const [which, of] of [
      [forward, other],
      [byServer, own],
      [{ ...forward, id: "no-id" }, own],
    ] as const) {
      expect(await report(which, answered(), of)).toMatchObject({
        status: 404,
        json: { code: "forward_not_found" },
      });
    }
  });

  test.each([
    [{ to: "https://example.com/" }, "/to", /only its own machine/],
    [{ to: "listener" }, "/to", /a listener is no target/],
    [{ edit: { method: "GET" } }, "/to", /no body with GET/],
    [{ edit: { method: "TRACE" } }, "/to", /sends no TRACE/],
    [{ mode: "no-cors", edit: { method: "PUT" } }, "/to", /GET, HEAD and POST only/],
  ])("is refused where no browser sends it: %j", async (input, pointer, words) => {
    const id = await captureStripe();
    const asked = { to: OWN, mode: "cors", ...input };
    const { status, json } = await post(`requests/${id}/browser-forwards`, asked);
    expect(status).toBe(422);
    expect(json).toMatchObject({ errors: [{ pointer, detail: expect.stringMatching(words) }] });
    expect((await own.list(id)).items).toEqual([]);
  });

  test("is signed again by the server, which tells no page a secret", async () => {
    const { request, forward } = await begin(await captureStripe(), { resign: true });
    const value = request.headers.find(([name]) => /^stripe-signature$/i.test(name))?.[1] ?? "";
    expect(webhooks.constructEvent(BODY, value, STRIPE_SECRET).id).toBe("evt_1");
    expect(forward.resigned).toBe(true);

    await keep("gitlab", "a token for no page");
    const headers = { "X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": "the captured one" };
    const id = await own.capture({ method: "POST", body: "{}", headers });
    const asked = { to: OWN, mode: "cors", resign: true };
    const { status, json } = await post(`requests/${id}/browser-forwards`, asked);
    expect([status, JSON.stringify(json)]).toEqual([
      422,
      expect.stringContaining("sends the secret itself"),
    ]);
    expect(JSON.stringify(json)).not.toContain("a token for no page");
  });
});
