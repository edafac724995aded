import { afterAll, beforeAll, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { type Call, createCall, mint } from "#tests/helpers/call.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

let database: TestDatabase;
let server: TestServer;
let call: Call;
let bin: BinMinted;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
  call = createCall(server);
  bin = await mint(call);
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const send = (target: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${server.port}/in/${bin.id}${target}`, init);

const slackAsks = (challenge: string): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ token: "t", challenge, type: "url_verification" }),
});

async function newest(): Promise<RequestSummary | undefined> {
  const answer = await call("GET", `/api/bins/${bin.id}/requests?limit=1`, { key: bin.key });
  return answer.json<Page<RequestSummary>>().items[0];
}

test("a provider's check is answered as it wants, in place of the bin's answer, and shown as what it is", async () => {
  const response = { status: 500, body: "ours", delayMs: 20_000 };
  await call("PATCH", `/api/bins/${bin.id}`, { key: bin.key, body: { response } });
  const answer = await send("/slack", slackAsks("3eZbrw1a"));
  expect([answer.status, await answer.text()]).toEqual([200, "3eZbrw1a"]);
  expect(await newest()).toMatchObject({
    handshake: { id: "slack", name: "Slack" },
    provider: { id: "slack", event: "url_verification" },
    response: { status: 200, bodySize: 8 },
  });
});

test("what is reflected can't run: it is text, not sniffed, and sandboxed", async () => {
  const markup = "<script>alert(1)</script>";
  const answer = await send(`/graph?validationToken=${encodeURIComponent(markup)}`);
  expect(await answer.text()).toBe(markup);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toBe("sandbox");
});

test("a bin that does without gives its own answer", async () => {
  const without = { handshakes: false, response: { status: 202, delayMs: 0 } };
  const changed = await call("PATCH", `/api/bins/${bin.id}`, { key: bin.key, body: without });
  expect(changed.json()).toMatchObject({ handshakes: false });
  const answer = await send("", slackAsks("x"));
  expect([answer.status, await answer.text()]).toEqual([202, "ours"]);
  expect(await newest()).not.toHaveProperty("handshake");
});
