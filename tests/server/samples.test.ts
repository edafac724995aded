import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { SampleKind, SampleSent } from "#lib/contract/samples.ts";
import type {
  RequestShape,
  ShapeEvent,
  ShapeMarks,
  ShapeView,
  WholeDocument,
} from "#lib/contract/shapes.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { endClis, runCli } from "#tests/helpers/cli.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

const SOON = { timeout: 20_000 };

const call = createCall(server);

afterAll(async () => {
  endClis();
});

const path = (bin: BinMinted) => `/api/bins/${bin.id}/samples`;
const send = (bin: BinMinted, body: unknown) => call("POST", path(bin), { key: bin.key, body });
const read = async (bin: BinMinted, id: string) =>
  (
    await call("GET", `/api/bins/${bin.id}/requests/${id}`, { key: bin.key })
  ).json<CapturedRequest>();

test("every sample is captured as its provider sends it, and verifies with the secret that is shown", async () => {
  const any = await mint(call);
  const { items } = (await call("GET", path(any), { key: any.key })).json<{
    items: SampleKind[];
  }>();
  expect(items.length).toBeGreaterThan(20);
  for (const [provider, kinds] of Map.groupBy(items, (kind) => kind.provider)) {
    const bin = await mint(call);
    for (const { name, event } of kinds) {
      const answer = await send(bin, { provider, event });
      expect(answer.status).toBe(201);
      const { requestId, status, signedBy } = answer.json<SampleSent>();
      expect(status).toBe(200);
      const request = await read(bin, requestId);
      expect(request).toMatchObject({
        provider: { id: provider, name, event },
        target: `/${provider}`,
      });
      if (signedBy.kind === "shown") {
        expect([provider, request.signature.status]).toEqual([provider, "unchecked"]);
        const body = { provider, secret: signedBy.secret };
        const kept = await call("POST", `/api/bins/${bin.id}/secrets`, { key: bin.key, body });
        expect([provider, kept.status]).toEqual([provider, 201]);
      }
      const verdict = async () => [provider, (await read(bin, requestId)).signature.status];
      await expect.poll(verdict, SOON).toEqual([provider, "verified"]);
    }
  }
});

test("a sample is signed with the bin's secret, so it verifies at once", async () => {
  const bin = await mint(call);
  const body = { provider: "square", secret: "signature-key-of-square" };
  await call("POST", `/api/bins/${bin.id}/secrets`, { key: bin.key, body });
  const sent = (await send(bin, { provider: "square" })).json<SampleSent>();
  expect(sent.signedBy).toMatchObject({ kind: "kept" });
  expect((await read(bin, sent.requestId)).signature.status).toBe("verified");
});

test("what there is no sample of is refused with what there is", async () => {
  const bin = await mint(call);
  const refused = async (body: unknown) => {
    const answer = await send(bin, body);
    return [answer.status, answer.json<{ errors: { pointer: string; detail: string }[] }>().errors];
  };
  expect(await refused({ provider: "acme" })).toMatchObject([422, [{ pointer: "/provider" }]]);
  expect(await refused({ provider: "zoom", event: "nothing" })).toMatchObject([
    422,
    [{ pointer: "/event", detail: "Its samples are: meeting.started" }],
  ]);
  expect((await call("POST", path(bin), { body: { provider: "zoom" } })).status).toBe(401);
});

test("the command has one sent, and tells what there is and the secret that it was signed with", async () => {
  const bin = await mint(call);
  const at = { key: bin.key, env: { HOOKLENS_BIN: `${server.origin}/in/${bin.id}` } };
  const listed = await runCli(["sample", "--list"], at);
  expect(listed.out).toMatch(/^stripe +payment_intent\.succeeded +A payment went through$/m);
  const sent = await runCli(["sample", "stripe", "charge.refunded"], at);
  expect(sent.code).toBe(0);
  expect(sent.out).toMatch(/^stripe charge\.refunded {2}answered 200$/m);
  expect(sent.out).toMatch(/^Secret {3}whsec_[0-9a-f]{64}$/m);
  const json = await runCli(["sample", "github", "--json"], at);
  const { requestId, event } = JSON.parse(json.out) as SampleSent;
  expect(event).toBe("push");
  expect((await read(bin, requestId)).provider?.id).toBe("github");
  expect((await runCli(["sample", "stripe", "nothing"], at)).err).toContain("charge.refunded");
  expect((await runCli(["sample"], at)).code).not.toBe(0);
});

describe("what a bin's requests have in common", () => {
  const order = (at: number, more: object = {}) => ({
    id: `evt_${at}`,
    object: "event",
    type: "order.paid",
    paid: at % 2 === 0,
    total: at,
    ...more,
  });
  const stripe = { "Stripe-Signature": "t=1,v1=00" };
  let bin: BinMinted;
  const send = async (body: unknown, headers: Record<string, string> = stripe, target = "") => {
    const answer = await call("POST", `/in/${bin.id}${target}`, { body, headers });
    return String(answer.headers["hooklens-request-id"]);
  };
  const get = async <Body>(rest: string) =>
    (await call("GET", `/api/bins/${bin.id}/${rest}`, { key: bin.key })).json<Body>();
  const of = "shape?provider=stripe&event=order.paid";

  beforeAll(async () => {
    bin = await mint(call);
    for (let at = 0; at < 12; at++) await send(order(at));
  });

  test("is told as a shape with how many stand behind it, and as TypeScript, zod and JSON Schema", async () => {
    await send(gzipSync(JSON.stringify(order(12))), { ...stripe, "Content-Encoding": "gzip" });
    await send("{ no", stripe);
    const { items } = await get<{ items: ShapeEvent[] }>("shapes");
    expect(items).toContainEqual({
      source: { provider: "stripe", event: "order.paid" },
      title: "Stripe order.paid",
      requests: expect.any(Number) as number,
      lastSeq: expect.any(Number) as number,
    });
    const shape = await get<ShapeView>(of);
    expect(shape).toMatchObject({
      name: "StripeOrderPaid",
      pending: 0,
      leftOut: 0,
      levels: null,
      broken: [],
    });
    expect(shape.shape.samples).toBeGreaterThanOrEqual(12);
    const text = async (format: string) =>
      (
        await call("GET", `/api/bins/${bin.id}/${of}&format=${format}`, { key: bin.key })
      ).bytes.toString();
    expect(await text("typescript")).toContain(
      'export type StripeOrderPaid = {\n  id: string;\n  object: "event";',
    );
    expect(await text("zod")).toContain("total: z.int(),");
    expect(JSON.parse(await text("json-schema"))).toMatchObject({ title: "StripeOrderPaid" });
  });

  test("is broken by the one that differs, which is told with the place, in the list and on the request", async () => {
    const { paid: _, ...rest } = order(13, { total: "13", late: true });
    const id = await send(rest);
    const shape = await get<RequestShape>(`requests/${id}/shape`);
    expect(shape.breaks.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "missing /paid",
      "type /total",
      "new /late",
    ]);
    const { seq } = await get<{ seq: number }>(`requests/${id}`);
    const marks = await get<ShapeMarks>(`shapes/marks?from=1&to=${seq}`);
    expect(marks).toEqual({ items: [{ seq, breaks: 3, errors: 0 }], isPending: false });
    expect((await get<ShapeView>(of)).broken).toMatchObject([{ id, seq }]);
    await call("DELETE", `/api/bins/${bin.id}/requests/${id}`, { key: bin.key });
    expect((await get<ShapeView>(of)).broken).toEqual([]);
  });

  test("of nobody known is told by where it went, and forms have one too", async () => {
    for (const total of [1, 2]) {
      const form = { "Content-Type": "application/x-www-form-urlencoded" };
      await send(`total=${total}&tags=a&tags=b`, form, "/a%20form/x?page=1");
    }
    const { items } = await get<{ items: ShapeEvent[] }>("shapes");
    const place = items.find(({ title }) => title.startsWith("POST /a%20form/x"));
    const q = encodeURIComponent(place?.source.q ?? "");
    expect(await get<ShapeView>(`shape?q=${q}`)).toMatchObject({
      name: "A20formX",
      shape: { samples: 2, kinds: [{ fields: [{ key: "tags" }, { key: "total" }] }] },
    });
  });

  test("is checked by a document of its owner, whose mistakes are told at the value", async () => {
    const document = {
      name: "Orders",
      provider: "stripe",
      event: "order.paid",
      text: JSON.stringify({ properties: { total: { type: "integer", maximum: 100 } } }),
    };
    const documents = `/api/bins/${bin.id}/documents`;
    const refused = await call("POST", documents, {
      key: bin.key,
      body: { ...document, text: "{" },
    });
    expect(refused.status).toBe(422);
    expect(refused.json()).toMatchObject({ code: "unusable_document" });
    const added = await call("POST", documents, { key: bin.key, body: document });
    expect(added.status).toBe(201);
    const { id } = added.json<WholeDocument>();
    const wrong = await send(order(1000));
    expect((await get<RequestShape>(`requests/${wrong}/shape`)).checks).toEqual([
      {
        document: { id, name: "Orders" },
        status: "invalid",
        errors: [{ at: "/total", message: "Should be at most 100", keyword: "maximum" }],
        isCut: false,
      },
    ]);
    const { seq } = await get<{ seq: number }>(`requests/${wrong}`);
    const marks = await get<ShapeMarks>(`shapes/marks?from=${seq}&to=${seq}`);
    expect(marks.items).toEqual([{ seq, breaks: 0, errors: 1 }]);
    // Once replaced it is another document, and what the older one found is not taken for its own.
    const lenient = { ...document, provider: null, event: null, q: "event:order.*", text: "{}" };
    await call("PUT", `${documents}/${id}`, { key: bin.key, body: lenient });
    expect((await get<RequestShape>(`requests/${wrong}/shape`)).checks).toMatchObject([
      { status: "valid" },
    ]);
    expect(await get<WholeDocument>(`documents/${id}`)).toMatchObject({
      text: "{}",
      q: "event:order.*",
    });
    expect((await call("DELETE", `${documents}/${id}`, { key: bin.key })).status).toBe(204);
    expect(await get(`documents`)).toEqual({ items: [] });
  });
});
