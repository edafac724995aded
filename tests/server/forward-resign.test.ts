import { createHmac, createPublicKey, verify } from "node:crypto";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExperimentLine } from "#lib/contract/experiments.ts";
import { jsonLines } from "#lib/contract/json-lines.ts";
import { mintBin, onlyAttempt } from "#tests/helpers/forwarding.ts";
import { startHandlers } from "#tests/helpers/handlers.ts";
import { TestListener } from "#tests/helpers/listener.ts";
import { answering, type RawTarget, startRawTarget } from "#tests/helpers/raw-target.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

const STRIPE_SECRET = "whsec_dGhpcyBpcyBub3QgYSByZWFsIHNlY3JldA==";
const YEAR_S = 365 * 24 * 3600;
const BODY = '{"id":"evt_1","object":"event","type":"charge.succeeded","n":1.0}';

let target: RawTarget;
let bin: Awaited<ReturnType<typeof mintBin>>;
let to: string;

beforeAll(async () => {
  target = await startRawTarget({ onConnection: answering("HTTP/1.1 200 OK\r\n\r\n") });
  to = `http://127.0.0.1:${target.port}/hook`;
  bin = await mintBin(server.origin);
  await keep("stripe", STRIPE_SECRET);
  await keep("square", "square key");
});

afterAll(async () => {
  await target?.close();
});

async function keep(provider: string, secret: string, { id, key } = bin): Promise<void> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ provider, secret });
  const url = `${server.origin}/api/bins/${id}/secrets`;
  const { status } = await fetch(url, { method: "POST", headers, body });
  expect(status).toBe(201);
}

const keepOwn = (provider: string, { id, key }: typeof bin) =>
  fetch(`${server.origin}/api/bins/${id}/secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ provider, generate: true }),
  });

function lastReceived() {
  const text = (target.received().at(-1) ?? Buffer.alloc(0)).toString("latin1");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const value = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
  return { head, body, value };
}

/** As Stripe signed it a year ago. */
function stale() {
  const timestamp = Math.floor(Date.now() / 1_000) - YEAR_S;
  return new Stripe("sk_test_123").webhooks.generateTestHeaderString({
    payload: BODY,
    secret: STRIPE_SECRET,
    timestamp,
  });
}

const captureStripe = (into = bin) =>
  into.capture({
    method: "POST",
    body: BODY,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "X-Before": "1",
      "Stripe-Signature": stale(),
      "X-After": "2",
    },
  });

describe("a forward that is signed again", () => {
  test("passes Stripe's own package, though it was captured a year after it was sent", async () => {
    const forward = await bin.forward(await captureStripe(), { to, resign: true });
    expect(forward).toMatchObject({ state: "delivered", resigned: true, edited: false });
    const { body, value } = lastReceived();
    const { webhooks } = new Stripe("sk_test_123");
    const event = webhooks.constructEvent(body, value("Stripe-Signature"), STRIPE_SECRET);
    expect(event.id).toBe("evt_1");
    expect(onlyAttempt(forward).changes).toContainEqual({
      kind: "changed",
      name: expect.stringMatching(/^stripe-signature$/i),
      value: value("Stripe-Signature"),
      why: "signed again",
    });
  });

  test("has the edited body under its signature", async () => {
    const edited = BODY.replace("1.0", "2.00");
    const bodyBase64 = Buffer.from(edited).toString("base64");
    const id = await captureStripe();
    const forward = await bin.forward(id, { to, resign: true, edit: { bodyBase64 } });
    expect(forward).toMatchObject({ resigned: true, edited: true });
    const { body, value } = lastReceived();
    expect(body).toBe(edited);
    const { webhooks } = new Stripe("sk_test_123");
    webhooks.constructEvent(body, value("Stripe-Signature"), STRIPE_SECRET);
  });

  test("is signed for the target's URL where the provider signs that", async () => {
    const headers = { "x-square-hmacsha256-signature": "c2lnbmF0dXJl" };
    const id = await bin.capture({ method: "POST", body: "{}", headers }, "/a?b=1");
    await bin.forward(id, { to, append: true, resign: true });
    const wanted = createHmac("sha256", "square key").update(`${to}/a?b=1{}`).digest("base64");
    expect(lastReceived().value("x-square-hmacsha256-signature")).toBe(wanted);
  });

  test("sends a token that is the secret itself, and does not keep it", async () => {
    await keep("gitlab", "a token for the target");
    const headers = { "X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": "the captured one" };
    const id = await bin.capture({ method: "POST", body: "{}", headers });
    const forward = await bin.forward(id, { to, resign: true });
    expect(lastReceived().value("X-Gitlab-Token")).toBe("a token for the target");
    expect(JSON.stringify(forward)).not.toContain("a token for the target");
  });

  test("leaves the captured request as it came", async () => {
    const id = await captureStripe();
    await bin.forward(id, { to, resign: true });
    await bin.forward(id, { to });
    const { webhooks } = new Stripe("sk_test_123");
    const { body, value } = lastReceived();
    const check = () => webhooks.constructEvent(body, value("Stripe-Signature"), STRIPE_SECRET);
    expect(check).toThrow(/tolerance/);
  });

  test.each([
    ["a secret of another provider", { "X-GitHub-Event": "push" }, /no signing secret of GitHub/],
    ["nobody known", { "X-A": "1" }, /no signing secret that fits/],
  ])("of %s is refused before anything is sent", async (_, headers, why) => {
    const id = await bin.capture({ method: "POST", body: "{}", headers });
    const before = target.connections();
    const { status, errors } = await bin.refusal(id, { to, resign: true });
    expect([status, errors?.[0]?.pointer]).toEqual([422, "/resign"]);
    expect(errors?.[0]?.detail).toMatch(why);
    expect([target.connections(), (await bin.list(id)).items]).toEqual([before, []]);
  });
});

describe("a forward through a listener that is signed again", () => {
  test("takes the new signature along", async () => {
    const listener = new TestListener(server.origin, bin, { auth: { name: "laptop" } });
    await listener.ready();
    const id = await captureStripe();
    const forward = await bin.forward(id, { to: "listener", resign: true });
    expect(forward).toMatchObject({ resigned: true, edited: false, state: "delivered" });
    const asked = listener.deliveries.find(({ forwardId }) => forwardId === forward.id);
    const headers = asked?.edit?.headers ?? [];
    expect(headers.map(([name]) => name.toLowerCase())).toEqual(
      asked?.request.headers.map(([name]) => name.toLowerCase()),
    );
    const value = headers.find(([name]) => /^stripe-signature$/i.test(name))?.[1] ?? "";
    new Stripe("sk_test_123").webhooks.constructEvent(BODY, value, STRIPE_SECRET);
    expect(asked?.edit?.bodyBase64).toBeUndefined();

    const square = { "x-square-hmacsha256-signature": "c2lnbmF0dXJl" };
    const other = await bin.capture({ method: "POST", body: "{}", headers: square });
    const { errors } = await bin.refusal(other, { to: "listener", resign: true });
    expect(errors?.[0]?.detail).toMatch(/Square signs the URL/);
  });
});

test("a forward of a provider that alone has its key is signed again by the bin's own, whose public half is shown", async () => {
  const own = await mintBin(server.origin);
  const captured = await own.capture({
    method: "POST",
    body: '{"type":2}',
    headers: {
      "Content-Type": "application/json",
      "X-Signature-Ed25519": "ab".repeat(64),
      "X-Signature-Timestamp": "1700000000",
    },
  });
  expect((await own.refusal(captured, { to, resign: true })).status).toBe(422);
  const made = await keepOwn("discord", own);
  const { publicKey, ...shown } = (await made.json()) as { publicKey: string };
  expect(made.status).toBe(201);
  expect(publicKey).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(shown)).not.toContain("PRIVATE");

  expect(await own.forward(captured, { to, resign: true })).toMatchObject({ resigned: true });
  const { body, value } = lastReceived();
  const message = Buffer.from(`${value("X-Signature-Timestamp")}${body}`);
  const signature = Buffer.from(value("X-Signature-Ed25519"), "hex");
  const jwk = {
    kty: "OKP",
    crv: "Ed25519",
    x: Buffer.from(publicKey, "hex").toString("base64url"),
  };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  expect(verify(null, message, key, signature)).toBe(true);
  expect((await keepOwn("stripe", own)).status).toBe(422);
});

describe("an experiment", () => {
  let handlers: Awaited<ReturnType<typeof startHandlers>>;
  /** Without the listener that the other one may have, which gets what is captured. */
  let lab: typeof bin;
  beforeAll(async () => {
    handlers = await startHandlers(STRIPE_SECRET);
    lab = await mintBin(server.origin);
    await keep("stripe", STRIPE_SECRET, lab);
  });
  afterAll(() => handlers?.close());

  let count = 0;
  const captureEvent = (id: string, type: string, object = id) => {
    const data = { object: { id: object, object: "customer", amount: 1200 } };
    const payload = JSON.stringify({ id, object: "event", type, data });
    const { webhooks } = new Stripe("sk_test_123");
    const signature = webhooks.generateTestHeaderString({ payload, secret: STRIPE_SECRET });
    const headers = { "Content-Type": "application/json", "Stripe-Signature": signature };
    return lab.capture({ method: "POST", body: payload, headers });
  };
  /** Two events of one customer that no handler has had. */
  async function captureBoth() {
    count += 1;
    const created = await captureEvent(`evt_a${count}`, "customer.created", `cus_${count}`);
    const updated = await captureEvent(`evt_b${count}`, "customer.updated", `cus_${count}`);
    return { created, updated };
  }

  const post = (id: string, input: object, signal: AbortSignal | null = null) =>
    fetch(`${server.origin}/api/bins/${lab.id}/requests/${id}/experiments`, {
      method: "POST",
      signal,
      headers: { Authorization: `Bearer ${lab.key}`, "Content-Type": "application/json" },
      body: JSON.stringify(input),
    });
  async function run(id: string, kind: string, path: string, more: object = {}) {
    const lines: ExperimentLine[] = [];
    const response = await post(id, { kind, to: `${handlers.origin}${path}`, ...more });
    expect(response.status).toBe(200);
    for await (const line of jsonLines(response)) lines.push(line as ExperimentLine);
    const last = lines.at(-1);
    if (!last || !("verdict" in last)) throw new Error(JSON.stringify(last));
    return { lines, verdict: last.verdict };
  }

  test.each([
    ["burst", "/doubles", "found", "It may have handled the event more than once"],
    ["twice", "/doubles", "found", "It may have handled the event more than once"],
    ["late", "/doubles", "found", "It may have handled the event more than once"],
    ["swapped", "/ordered", "found", "It depends on the order"],
    ["tampered", "/trusting", "found", "It took the changed byte with 200: it does not verify"],
    ["burst", "/right", "passed", "All were answered the same"],
    ["twice", "/right", "passed", "Both were answered the same"],
    ["late", "/right", "passed", "Both were answered the same"],
    ["swapped", "/right", "passed", "It took both in either order"],
    ["tampered", "/right", "passed", "It refused the changed byte: it verifies"],
  ])("%s with %s: %s", async (kind, path, result, title) => {
    const { created, updated } = await captureBoth();
    const more = kind === "swapped" ? { otherRequestId: updated } : {};
    const times = kind === "burst" ? { times: 6 } : {};
    const delay = kind === "late" ? { delayMs: 1_000 } : {};
    const { lines, verdict } = await run(created, kind, path, { ...more, ...times, ...delay });
    expect(verdict).toMatchObject({ result, title });
    const { items } = await lab.list(created);
    const own = lines.filter((line) => "forward" in line && line.forward.requestId === created);
    expect(items).toHaveLength(own.length);
    expect(items.filter(({ edited }) => edited)).toHaveLength(kind === "tampered" ? 1 : 0);
  });

  test("changes the byte after it was signed anew, so that an old event tells as much", async () => {
    const id = await captureStripe(lab);
    const asCaptured = await run(id, "tampered", "/right");
    expect(asCaptured.verdict).toMatchObject({ result: "unsure" });
    const { verdict } = await run(id, "tampered", "/right", { resign: true });
    expect(verdict).toMatchObject({ result: "passed" });
  });

  test.each([
    [{ kind: "swapped" }, "/otherRequestId"],
    [{ kind: "burst", times: 21 }, "/times"],
    [{ kind: "burst", to: "ftp://a" }, "/to"],
  ])("of %j is refused at %s before anything is sent", async (input, pointer) => {
    const { created } = await captureBoth();
    const response = await post(created, { to: handlers.origin, ...input });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
    expect((await lab.list(created)).items).toEqual([]);
  });

  test("goes on alone, and ends when nobody listens any more", async () => {
    const { created } = await captureBoth();
    const to = `${handlers.origin}/right`;
    const ending = new AbortController();
    const late = await post(created, { kind: "late", delayMs: 60_000, to }, ending.signal);
    for await (const line of jsonLines(late)) if ("send" in (line as object)) break;
    expect((await post(created, { kind: "twice", to })).status).toBe(429);
    ending.abort();
    const taken = async () => {
      const response = await post(created, { kind: "twice", to });
      return response.status === 200 && response;
    };
    // Read to its end: the next one would find it under way.
    await (await until(taken, "another to be taken")).text();
  });

  test("goes through a listener too, with the byte changed after it was signed", async () => {
    const { created } = await captureBoth();
    const machine = new TestListener(server.origin, lab);
    await machine.ready();
    const { verdict } = await run(created, "tampered", "", { to: "listener", resign: true });
    expect(verdict).toMatchObject({ result: "found", compare: [0, 1] });
    const [plain, changed] = machine.deliveries.filter(({ edit }) => edit);
    const bytes = Buffer.from(changed?.edit?.bodyBase64 ?? "", "base64");
    expect(bytes.toString()).toContain('"amount":1201');
    expect(changed?.edit?.headers).toBeDefined();
    expect(plain?.edit?.bodyBase64).toBeUndefined();
    machine.close();
  });
});
