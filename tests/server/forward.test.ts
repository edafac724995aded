import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { mintBin, onlyAttempt } from "#tests/helpers/forwarding.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { answering, type RawTarget, startRawTarget } from "#tests/helpers/raw-target.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

const KIBIBYTE = 1024;
const BODY_BYTES_MAX = 11 * KIBIBYTE * KIBIBYTE;
const INTERRUPTED_ID = "0198b3c0-0000-7000-8000-000000000001";
const LEFT_ID = "0198b3c0-0000-7000-8000-000000000002";
const AWAITED_ID = "0198b3c0-0000-7000-8000-000000000003";

let database: TestDatabase;
let server: TestServer;
let target: RawTarget;
let bin: Awaited<ReturnType<typeof mintBin>>;
let to: string;

beforeAll(async () => {
  database = await createDatabase();
  await run(database.url, pendingSince("10 minutes", INTERRUPTED_ID));
  await run(database.url, pendingSince("10 minutes", LEFT_ID, true));
  await run(database.url, pendingSince("70 seconds", AWAITED_ID, true));
  const env = { HOST: "localhost", FORWARD_RATE: "3", MAX_BODY_BYTES: String(BODY_BYTES_MAX) };
  server = await startServer({ databaseUrl: database.url, env });
  target = await startRawTarget({
    onConnection: answering("HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\n\r\nthanks"),
  });
  to = `http://127.0.0.1:${target.port}/hook`;
  bin = await mintBin(server.origin);
});

afterAll(async () => {
  await target?.close();
  await server?.stop();
  await database?.drop();
});

const lastReceived = () => (target.received().at(-1) ?? Buffer.alloc(0)).toString("latin1");

describe("a forward", () => {
  test("sends the same bytes to the target, and keeps what came back", async () => {
    const init = { method: "POST", body: "hi", headers: { "Content-Type": "text/x", "X-A": "é" } };
    const requestId = await bin.capture(init, "/orders//a?x=%zz");
    const forward = await bin.forward(requestId, { to });
    expect(forward).toMatchObject({
      requestId,
      to,
      state: "delivered",
      append: false,
      edited: false,
      resigned: false,
    });
    expect(onlyAttempt(forward)).toMatchObject({
      status: 200,
      headers: [
        ["X-A", "1"],
        ["x-a", "2"],
      ],
      bodySize: 6,
      bodyBase64: Buffer.from("thanks").toString("base64"),
      bodySha256Sent: "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
      error: null,
      timing: { dnsMs: null, tlsMs: null, totalMs: expect.any(Number) },
    });
    const sent = lastReceived();
    expect(sent).toMatch(/^POST \/hook HTTP\/1\.1\r\n/i);
    expect(sent).toMatch(/\r\nX-A: \xe9\r\n/i);
    expect(sent).toContain(`\r\nHooklens-Forward-Id: ${forward.id}\r\nConnection: close\r\n\r\nhi`);
  });

  test("appends the captured target only when asked", async () => {
    const requestId = await bin.capture(undefined, "/a//b?x=1");
    const { append } = await bin.forward(requestId, { to: `${to}?k=1`, append: true });
    expect(append).toBe(true);
    expect(lastReceived()).toMatch(/^POST \/hook\/a\/\/b\?k=1&x=1 HTTP/);
  });

  test("carries an edit: method, target, headers, a body with its new length", async () => {
    const requestId = await bin.capture();
    const edit = {
      method: "PATCH",
      target: "/other?y",
      headers: [
        ["host", "x"],
        ["x-B", "é"],
        ["Content-Length", "2"],
      ],
      bodyBase64: Buffer.from("hello").toString("base64"),
    };
    const forward = await bin.forward(requestId, { to, edit });
    expect(forward).toMatchObject({ edited: true, append: true });
    expect(lastReceived()).toBe(
      `PATCH /hook/other?y HTTP/1.1\r\nhost: 127.0.0.1:${target.port}\r\nx-B: \xe9\r\nContent-Length: 5\r\nHooklens-Forward-Id: ${forward.id}\r\nConnection: close\r\n\r\nhello`,
    );
  });

  test("of 10 MiB arrives whole", async () => {
    const body = Buffer.alloc(10 * KIBIBYTE * KIBIBYTE, "0123456789");
    const requestId = await bin.capture({ method: "PUT", body });
    const slow = await startRawTarget({
      onConnection: (socket) => {
        let size = 0;
        socket.on("data", (bytes) => {
          size += bytes.length;
          if (size > body.length) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
        });
      },
    });
    const forward = await bin.forward(requestId, { to: `http://localhost:${slow.port}` });
    expect(onlyAttempt(forward)).toMatchObject({ status: 204, error: null });
    const [received = Buffer.alloc(0)] = slow.received();
    expect(received.subarray(-body.length).equals(body)).toBe(true);
    await slow.close();
  });

  test("of a signed Stripe event still passes the official package's check", async () => {
    const stripe = new Stripe("sk_test_123");
    const secret = "whsec_test_secret";
    const payload = JSON.stringify(
      { id: "evt_1", object: "event", type: "charge.succeeded", n: 1.0 },
      null,
      2,
    );
    const checked: string[] = [];
    const handler = http.createServer(async (request, response) => {
      const signature = String(request.headers["stripe-signature"]);
      const event = stripe.webhooks.constructEvent(await text(request), signature, secret);
      checked.push(event.id);
      response.end();
    });
    handler.listen(0, "127.0.0.1");
    await once(handler, "listening");
    const { port } = handler.address() as AddressInfo;
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret });
    const headers = {
      "Content-Type": "application/json; charset=utf-8",
      "Stripe-Signature": signature,
    };
    const requestId = await bin.capture({ method: "POST", body: payload, headers });
    const forward = await bin.forward(requestId, { to: `http://localhost:${port}/webhooks` });
    expect(forward.state).toBe("delivered");
    expect(checked).toEqual(["evt_1"]);
    handler.close();
  });

  test("is told to the pages that watch, once it is settled", async () => {
    const tap = await tapLive(server.origin, { bin: bin.id, key: bin.key });
    const forward = await bin.forward(await bin.capture(), { to });
    expect(await tap.next("forward")).toEqual(forward);
    tap.close();
  });

  test("is listed newest first, in pages", async () => {
    const requestId = await bin.capture();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await bin.forward(requestId, { to })).id);
    const first = await bin.list(requestId, "?limit=2");
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await bin.list(requestId, `?limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ id: ids[2], state: "delivered" }], next: null });
  });
});

describe("a failure to deliver is an outcome", () => {
  const failing = async (url: string) => bin.forward(await bin.capture(), { to: url });

  test("refused, in words that help", async () => {
    const closed = await startRawTarget();
    await closed.close();
    const forward = await failing(`http://localhost:${closed.port}/hook`);
    expect(forward.state).toBe("failed");
    expect(onlyAttempt(forward)).toMatchObject({
      status: null,
      error: { code: "refused", message: expect.stringMatching(/Is your server running/) },
    });
  });

  test("a redirect is not followed: its Location is kept", async () => {
    const redirecting = await startRawTarget({
      onConnection: answering(`HTTP/1.1 302 Found\r\nLocation: ${to}\r\n\r\n`),
    });
    const before = target.connections();
    const forward = await failing(`http://127.0.0.1:${redirecting.port}`);
    expect(forward.state).toBe("failed");
    expect(onlyAttempt(forward)).toMatchObject({
      status: 302,
      headers: [["Location", to]],
      error: null,
    });
    expect(target.connections()).toBe(before);
    await redirecting.close();
  });

  test("metadata is never asked, though loopback is open", async () => {
    const attempt = onlyAttempt(await failing("http://169.254.169.254/latest/meta-data/"));
    expect(attempt).toMatchObject({ status: null, error: { code: "private_target" } });
  });

  test("one that a crash left pending is told as interrupted after the restart", async () => {
    const told = async () => {
      const { rows } = await run(
        database.url,
        `SELECT state, error_code FROM forwards JOIN attempts ON forward_id = forwards.id WHERE forwards.id = '${INTERRUPTED_ID}'`,
      );
      return rows.length > 0 && rows;
    };
    const rows = await until(told, "what came of it");
    expect(rows).toEqual([{ state: "failed", error_code: "interrupted" }]);
  });

  test("one that a page was to report, and did not, has failed; one that it may still report is left alone", async () => {
    const settled = async () => {
      const { rows } = await run(
        database.url,
        `SELECT id, state FROM forwards WHERE by_browser AND bin_id = 'nobody' ORDER BY id`,
      );
      return rows.some(({ state }) => state !== "pending") && rows;
    };
    const rows = await until(settled, "one of them to be given up");
    expect(rows).toEqual([
      { id: LEFT_ID, state: "failed" },
      { id: AWAITED_ID, state: "pending" },
    ]);
  });
});

describe("what can't be forwarded is refused before anything is sent", () => {
  test("an unknown request, and another bin's", async () => {
    const other = await mintBin(server.origin);
    for (const id of ["0198b3c0-0000-7000-8000-000000000000", "no-id", await other.capture()]) {
      expect(await bin.refusal(id, { to })).toMatchObject({
        status: 404,
        code: "request_not_found",
      });
    }
  });

  test("a request that was not captured whole", async () => {
    const tooLarge = Buffer.alloc(BODY_BYTES_MAX + 1);
    await bin.capture({ method: "POST", body: tooLarge });
    const list = await fetch(`${server.origin}/api/bins/${bin.id}/requests?limit=1`, {
      headers: { Authorization: `Bearer ${bin.key}` },
    });
    const [request] = ((await list.json()) as { items: { id: string; bodyTruncated: boolean }[] })
      .items;
    expect(request?.bodyTruncated).toBe(true);
    const refusal = await bin.refusal(request?.id ?? "", { to });
    expect(refusal).toMatchObject({
      status: 409,
      code: "body_incomplete",
      detail: expect.stringContaining("MAX_BODY_BYTES"),
    });
  });

  test.each([
    [{ to: "listener" }, 409, "no_listener", undefined],
    [{ to: "localhost:3000" }, 422, "invalid_fields", "/to"],
    [{}, 422, "invalid_fields", "/to"],
    [{ to: "http://h/", resign: true }, 422, "invalid_fields", "/resign"],
    [{ to: "http://h/", edit: { method: "A B" } }, 422, "invalid_fields", "/edit/method"],
    [{ to: "http://h/", edit: { bodyBase64: "%" } }, 422, "invalid_fields", "/edit/bodyBase64"],
    [
      { to: "http://h/", append: false, edit: { target: "/x" } },
      422,
      "invalid_fields",
      "/edit/target",
    ],
    [{ to: "http://h/", unknown: 1 }, 422, "invalid_fields", "/unknown"],
  ])("%j", async (input, status, code, pointer) => {
    const refusal = await bin.refusal(await bin.capture(), input);
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.errors?.[0]?.pointer).toBe(pointer);
  });

  test("a request that goes in a circle, after ten rounds through its own capture URL", async () => {
    const circle = await mintBin(server.origin);
    let requestId = await circle.capture();
    for (let round = 0; round < 10; round++) {
      const forward = await circle.forward(requestId, { to: circle.url });
      const { headers } = onlyAttempt(forward);
      requestId = headers.find(([name]) => name === "Hooklens-Request-Id")?.[1] ?? "";
    }
    const refusal = await circle.refusal(requestId, { to: circle.url });
    expect(refusal).toMatchObject({ status: 422, detail: expect.stringContaining("circle") });
  });

  test("more than FORWARD_RATE a minute, one's own machine excepted", async () => {
    const eager = await mintBin(server.origin);
    const requestId = await eager.capture();
    const elsewhere = { to: "http://192.168.0.1/" };
    for (let i = 0; i < 3; i++) await eager.forward(requestId, elsewhere);
    const response = await eager.post(requestId, elsewhere);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
    for (const own of ["127.0.0.1", "localhost"]) {
      const forward = await eager.forward(requestId, { to: `http://${own}:${target.port}` });
      expect(forward.state).toBe("delivered");
    }
    await bin.forward(await bin.capture(), elsewhere);
  });
});

describe("a target that hangs", () => {
  test("holds up no other bin, and is told as interrupted when the server stops", async () => {
    const hanging = await startRawTarget();
    const stuck = await mintBin(server.origin);
    const requestId = await stuck.capture();
    let ended = 0;
    const waiting = Array.from({ length: 20 }, () =>
      stuck
        .post(requestId, { to: `http://127.0.0.1:${hanging.port}` })
        .catch(() => null)
        .finally(() => {
          ended += 1;
        }),
    );
    while (hanging.connections() < 20) await sleep(10);
    expect(await bin.forward(await bin.capture(), { to })).toMatchObject({ state: "delivered" });
    // It did not wait for any of them.
    expect(ended).toBe(0);

    await server.stop();
    await Promise.all(waiting);
    await hanging.close();
    const { rows } = await run(
      database.url,
      `SELECT state, error_code, count(*)::int FROM forwards JOIN attempts ON forward_id = forwards.id
       WHERE bin_id = '${stuck.id}' GROUP BY 1, 2`,
    );
    expect(rows).toEqual([{ state: "failed", error_code: "interrupted", count: 20 }]);
  });
});

function pendingSince(age: string, id: string, byBrowser = false): string {
  return `INSERT INTO forwards (id, bin_id, request_id, target, state, append, resigned, edited, by_browser, created_at)
    VALUES ('${id}', 'nobody', '${id}', 'http://h/', 'pending', false, false, false, ${byBrowser}, now() - interval '${age}')`;
}
