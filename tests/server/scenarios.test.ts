import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { Environment, RunLine, RunReport, Scenario } from "#lib/contract/scenarios.ts";
import { type Call, createCall, mint } from "#tests/helpers/call.ts";
import { endClis, runCli, temporaryFolder } from "#tests/helpers/cli.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { run as runSql } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

const SECRET = "whsec_0123456789abcdef0123456789abcdef";
const TOKEN = "tok_4242";
const stripe = new Stripe("sk_test_unused");

let database: TestDatabase;
let server: TestServer;
let call: Call;
let shop: http.Server;
let app: string;
/** What answers those that wait. */
const held: (() => void)[] = [];

/** A shop: its handler verifies with the official package; its API tells what became of a payment, a moment later. */
function startShop(): http.Server {
  const seen = new Map<string, number>();
  return http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const answer = (status: number, body: object) =>
        response
          .writeHead(status, { "Content-Type": "application/json" })
          .end(JSON.stringify(body));
      const { url = "", headers } = request;
      if (url === "/webhooks") {
        try {
          const signature = headers["stripe-signature"] ?? "";
          const event = stripe.webhooks.constructEvent(Buffer.concat(pieces), signature, SECRET);
          seen.set(event.id, 0);
          return answer(200, { received: event.id });
        } catch (error) {
          return answer(400, { error: (error as Error).message });
        }
      }
      if (url === "/held") return void held.push(() => answer(200, {}));
      if (headers.authorization !== `Bearer ${TOKEN}`)
        return answer(401, { token: headers.authorization });
      const id = decodeURIComponent(url.slice("/events/".length));
      const asked = seen.get(id);
      if (asked === undefined) return answer(404, {});
      seen.set(id, asked + 1);
      return answer(200, { id, state: asked > 0 ? "paid" : "open" });
    });
  });
}

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({
    databaseUrl: database.url,
    env: { SECRET_KEY: "0123456789abcdef0123456789abcdef", FORWARD_RATE: "6" },
  });
  call = createCall(server);
  shop = startShop().listen(0, "127.0.0.1");
  await once(shop, "listening");
  app = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});

afterAll(async () => {
  endClis();
  shop?.close();
  await server?.stop();
  await database?.drop();
});

const source = `
name: A payment arrives
steps:
  - sample: stripe payment_intent.succeeded
    to: "{{app}}/webhooks"
    resign: true
    expect:
      status: 200
      body.received: "{{event.body.id}}"
      time: { below: 30000 }
    keep: { event: body.received }
  - call: GET {{app}}/events/{{event}}
    headers: { Authorization: "Bearer {{token}}" }
    within: 20s
    expect:
      status: 200
      body.state: paid
`;

async function binWithSecret(): Promise<BinMinted> {
  const bin = await mint(call);
  const body = { provider: "stripe", secret: SECRET };
  await call("POST", `/api/bins/${bin.id}/secrets`, { key: bin.key, body });
  return bin;
}

const at = (bin: BinMinted, rest: string) => `/api/bins/${bin.id}/${rest}`;

async function save(bin: BinMinted, text: string): Promise<Scenario> {
  const answer = await call("POST", at(bin, "scenarios"), { key: bin.key, body: { source: text } });
  expect(answer.status).toBe(201);
  return answer.json<Scenario>();
}

async function run(bin: BinMinted, id: string, environment?: string): Promise<RunReport> {
  const body = environment === undefined ? {} : { environment };
  const answer = await call("POST", at(bin, `scenarios/${id}/runs`), { key: bin.key, body });
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/x-ndjson"]);
  const lines = answer.bytes
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunLine);
  const last = lines.at(-1);
  if (!last || !("run" in last)) throw new Error("No report");
  return last.run;
}

test("an event is sent, signed, to a handler with the official package; the follow-up call waits for what it says", async () => {
  const bin = await binWithSecret();
  const variables = [
    { name: "app", value: app },
    { name: "token", value: TOKEN, secret: true },
  ];
  const put = await call("PUT", at(bin, "environments/local"), {
    key: bin.key,
    body: { variables },
  });
  expect(put.json<Environment>().variables).toEqual([
    { name: "app", value: app, secret: false },
    { name: "token", value: null, secret: true },
  ]);
  const { id } = await save(bin, source);
  const report = await run(bin, id, "local");
  expect(report.steps.map(({ state, status }) => [state, status])).toEqual([
    ["passed", 200],
    ["passed", 200],
  ]);
  expect(report.steps[1]?.tries).toBeGreaterThan(1);
  const kept = await call("GET", at(bin, `scenarios/${id}`), { key: bin.key });
  expect(kept.json<Scenario>().lastRun).toEqual(report);
});

test("what a step sets is signed with the rest, from the page and by the command", async () => {
  const bin = await binWithSecret();
  const text = `name: refunded
steps:
  - sample: stripe payment_intent.succeeded
    to: ${app}/webhooks
    resign: true
    set:
      body.id: evt_of_a_test
      header.X-Test: "1"
    expect:
      body.received: evt_of_a_test
`;
  const { steps } = await run(bin, (await save(bin, text)).id);
  expect(steps[0]).toMatchObject({ state: "passed", status: 200 });

  const env = { HOOKLENS_BIN: bin.url, HOOKLENS_SECRET: SECRET };
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "set.yml"), text.replace("refunded", "from a file"));
  const args = ["scenario", "run", "set.yml", "--resign"];
  expect(await runCli(args, { key: bin.key, cwd, env })).toMatchObject({ code: 0 });

  const wrong = text.replace("body.id: evt", "body.data.nothing: evt");
  writeFileSync(path.join(cwd, "set.yml"), wrong);
  const failed = await runCli(args, { key: bin.key, cwd, env });
  expect([failed.code, failed.out]).toEqual([
    10,
    expect.stringContaining("Line 7: the event has no body.data.nothing to set."),
  ]);
});

test("no more than three runs of a bin go on at once, however close they come", async () => {
  const bin = await mint(call);
  const { id } = await save(bin, `name: waits\nsteps:\n  - call: GET ${app}/held`);
  const refused: number[] = [];
  const runs = Array.from({ length: 6 }, async () => {
    const answer = await call("POST", at(bin, `scenarios/${id}/runs`), { key: bin.key, body: {} });
    if (answer.status !== 200) refused.push(answer.status);
  });
  await until(() => refused.length + held.length === 6, "all of them to run or be refused");
  expect([refused, held.length]).toEqual([[429, 429, 429], 3]);
  for (const release of held.splice(0)) release();
  await Promise.all(runs);
});

test("a handler that does not verify is told from one that does, by what was expected and what came", async () => {
  const bin = await mint(call);
  const { id } = await save(
    bin,
    `name: unsigned\nsteps:\n  - sample: stripe\n    to: ${app}/webhooks\n    expect:\n      status: 200\n      body.error: { exists: false }`,
  );
  const { passed, steps } = await run(bin, id);
  expect(passed).toBe(false);
  expect(steps[0]).toMatchObject({
    state: "failed",
    status: 400,
    checks: [
      { subject: "status", wanted: "200", got: "400", passed: false },
      { subject: "body.error", wanted: "is not there", passed: false },
    ],
  });
});

test("secret values are sealed, never read back, kept by a change that leaves them out, and in no report", async () => {
  const bin = await mint(call);
  const put = (variables: object[]) =>
    call("PUT", at(bin, "environments/staging"), { key: bin.key, body: { variables } });
  await put([{ name: "token", value: "wrong-but-secret", secret: true }]);
  await put([
    { name: "token", secret: true },
    { name: "app", value: app },
  ]);
  const listed = await call("GET", at(bin, "environments"), { key: bin.key });
  expect(listed.text).not.toContain("wrong-but-secret");
  const { rows } = await runSql(database.url, "SELECT v::text AS row FROM variables AS v");
  expect(JSON.stringify(rows)).not.toContain("wrong-but-secret");
  const { id } = await save(
    bin,
    'name: echo\nsteps:\n  - call: GET {{app}}/x\n    headers: { Authorization: "Bearer {{token}}" }\n    expect:\n      status: 401\n      body.token: "Bearer {{token}}"',
  );
  const report = await run(bin, id, "staging");
  expect(report.steps[0]).toMatchObject({ state: "passed", status: 401 });
  expect(JSON.stringify(report)).not.toContain("wrong-but-secret");
  const sent = await save(
    bin,
    "name: sent\nsteps:\n  - sample: stripe\n    to: '{{app}}/?t={{token}}'\n    set:\n      header.Proxy-Authorization: '{{token}}'\n    expect:\n      status: { above: 1 }",
  );
  const { steps } = await run(bin, sent.id, "staging");
  expect(steps[0]).toMatchObject({ state: "passed", asked: expect.stringContaining("(secret)") });
  const forwards = await call("GET", at(bin, `requests/${steps[0]?.requestId}/forwards`), {
    key: bin.key,
  });
  const [forward] = forwards.json<{ items: object[] }>().items;
  expect(forward).toMatchObject({ to: `${app}/?t=(secret)` });
  expect(JSON.stringify(forward)).not.toContain("wrong-but-secret");
  expect((await put([{ name: "other", secret: true }])).json()).toMatchObject({
    errors: [{ pointer: "/variables/0/value" }],
  });
});

test("what is wrong in a source is told by line and column; names are unique", async () => {
  const bin = await mint(call);
  const post = (text: string) =>
    call("POST", at(bin, "scenarios"), { key: bin.key, body: { source: text } });
  const refused = await post("name: x\nsteps:\n  - call: GET http://a\n    wihtin: 5s");
  expect(refused.status).toBe(422);
  expect(refused.json<{ errors: { detail: string }[] }>().errors[0]?.detail).toMatch(
    /^Line 3, column 5/,
  );
  expect((await post('name: "x\\0"\nsteps:\n  - call: GET http://a')).status).toBe(422);
  const many = await post(`name: x\nsteps:\n${"  - call: GET http://a\n".repeat(51)}`);
  expect(JSON.stringify(many.json())).toContain("At most 50 steps");
  const nul = { variables: [{ name: "a", value: "x\0y" }] };
  const refusedValue = await call("PUT", at(bin, "environments/e"), { key: bin.key, body: nul });
  expect(refusedValue.json()).toMatchObject({ errors: [{ pointer: "/variables/0/value" }] });
  await save(bin, `name: twice\nsteps:\n  - call: GET ${app}`);
  expect((await post(`name: twice\nsteps:\n  - call: GET ${app}`)).json()).toMatchObject({
    code: "scenario_exists",
  });
});

test("another bin's key opens nothing of it", async () => {
  const [bin, other] = [await mint(call), await mint(call)];
  const { id } = await save(bin, `name: mine\nsteps:\n  - call: GET ${app}`);
  for (const rest of ["scenarios", `scenarios/${id}`, "environments"]) {
    expect((await call("GET", at(bin, rest), { key: other.key })).status).toBe(403);
    expect((await call("GET", at(bin, rest))).status).toBe(401);
  }
  expect(
    (await call("POST", at(other, `scenarios/${id}/runs`), { key: other.key, body: {} })).status,
  ).toBe(404);
});

test("a call goes where a forward may go, and nowhere else", async () => {
  const bin = await mint(call);
  const targets = [
    "http://169.254.169.254/latest",
    "http://10.0.0.1/",
    "http://[fd00::1]/",
    "ftp://a/",
  ];
  for (const [index, target] of targets.entries()) {
    const { id } = await save(bin, `name: t${index}\nsteps:\n  - call: GET ${target}`);
    const { steps } = await run(bin, id);
    expect([target, steps[0]?.state, steps[0]?.status]).toEqual([target, "failed", null]);
    expect(steps[0]?.error).toBeTruthy();
  }
});

test("a bin's calls and its forwards count together", async () => {
  const bin = await mint(call);
  const captured = await call("POST", `/in/${bin.id}`, { body: {} });
  const id = String(captured.headers["hooklens-request-id"]);
  const far = { key: bin.key, body: { to: "http://10.0.0.1/" } };
  for (let count = 0; count < 6; count += 1) {
    expect((await call("POST", at(bin, `requests/${id}/forwards`), far)).status).toBe(201);
  }
  const scenario = await save(bin, "name: far\nsteps:\n  - call: GET http://10.0.0.1/");
  expect((await run(bin, scenario.id)).steps[0]?.error).toContain("FORWARD_RATE");
});

test("the command runs a file of an empty folder, with a report for build servers", async () => {
  const bin = await binWithSecret();
  const cwd = temporaryFolder();
  const file = source.replace("steps:", `environments:\n  local:\n    app: ${app}\nsteps:`);
  writeFileSync(path.join(cwd, "paid.yml"), file);
  const env = { HOOKLENS_BIN: bin.url, HOOKLENS_SECRET: SECRET, HOOKLENS_VAR_token: TOKEN };
  const args = [
    "scenario",
    "run",
    "paid.yml",
    "--env",
    "local",
    "--resign",
    "--junit",
    "report.xml",
  ];
  const good = await runCli(args, { key: bin.key, cwd, env });
  expect([good.code, good.out]).toEqual([0, expect.stringContaining("2 passed, 0 failed")]);
  expect(readFileSync(path.join(cwd, "report.xml"), "utf8")).toContain('tests="2" failures="0"');

  writeFileSync(path.join(cwd, "paid.yml"), file.replace("within: 20s", "within: 300ms"));
  const bad = await runCli(args, {
    key: bin.key,
    cwd,
    env: { ...env, HOOKLENS_VAR_token: "<wrong>" },
  });
  expect(bad.code).toBe(10);
  expect(bad.out).toContain("status: expected 200, got 401");
  const report = readFileSync(path.join(cwd, "report.xml"), "utf8");
  expect(report).toContain('failures="1"');
  expect(report).toContain("status: expected 200, got 401");
  expect(bad.out + report).not.toContain("wrong>");

  const variables = [
    { name: "app", value: app },
    { name: "token", value: TOKEN, secret: true },
  ];
  const kept = at(bin, "environments/staging");
  await call("PUT", kept, { key: bin.key, body: { variables } });
  writeFileSync(path.join(cwd, "paid.yml"), source);
  const staging = args.map((arg) => (arg === "local" ? "staging" : arg));
  expect((await runCli(staging, { key: bin.key, cwd, env })).code).toBe(0);
  const { HOOKLENS_VAR_token: _, ...withoutToken } = env;
  const unknowing = await runCli(staging, { key: bin.key, cwd, env: withoutToken });
  expect([unknowing.code, unknowing.err]).toEqual([
    10,
    expect.stringContaining("set HOOKLENS_VAR_token"),
  ]);

  writeFileSync(path.join(cwd, "call.yml"), `name: calls\nsteps:\n  - call: GET ${app}/x`);
  writeFileSync(path.join(cwd, "long.yml"), `# ${"x".repeat(2_000_000)}`);
  for (const [words, said] of [
    [
      ["call.yml", "--env", "nope"],
      "Neither the file nor the bin has an environment nope: there is staging.",
    ],
    [["call.yml", "long.yml"], "long.yml: A scenario has at most"],
    [["call.yml", "--var", "1x=2"], "--var is NAME=VALUE"],
    [["call.yml", "--junit", "none/report.xml"], "The report can't be written"],
    [["long.yml"], "long.yml: A scenario has at most 65,536 characters."],
    [["."], ". is a folder"],
  ] as const) {
    const refused = await runCli(["scenario", "run", ...words], { key: bin.key, cwd, env });
    expect([refused.code, refused.out, refused.err]).toEqual([
      2,
      "",
      expect.stringContaining(said),
    ]);
  }
  const sample = `name: none\nsteps:\n  - sample: stripe no.such\n    to: ${app}/webhooks`;
  writeFileSync(path.join(cwd, "sample.yml"), sample);
  const sampled = await runCli(["scenario", "run", "sample.yml"], { key: bin.key, cwd, env });
  expect([sampled.code, sampled.out]).toEqual([10, expect.stringContaining("Its samples are")]);

  writeFileSync(path.join(cwd, "paid.yml"), "name: x\nsteps: 5");
  const mistaken = await runCli(args, { key: bin.key, cwd, env });
  expect([mistaken.code, mistaken.err]).toEqual([
    2,
    expect.stringContaining("paid.yml: Line 2, column 8"),
  ]);
});
