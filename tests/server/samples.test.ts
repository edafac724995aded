import { afterAll, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { SampleKind, SampleSent } from "#lib/contract/samples.ts";
import { type Call, createCall, mint } from "#tests/helpers/call.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { endClis, runCli } from "#tests/helpers/cli.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

const SOON = { timeout: 20_000 };

let database: TestDatabase;
let server: TestServer;
let call: Call;

beforeAll(async () => {
  database = await createDatabase();
  const env = { SECRET_KEY: "0123456789abcdef0123456789abcdef" };
  server = await startServer({ databaseUrl: database.url, env });
  call = createCall(server);
});

afterAll(async () => {
  endClis();
  await server?.stop();
  await database?.drop();
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
