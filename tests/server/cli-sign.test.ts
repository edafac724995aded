import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import { endClis, runCli, startCli, temporaryFolder } from "#tests/helpers/cli.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

const SECRET = "whsec_only_on_this_laptop";
const DAY_S = 24 * 3600;
const BODY = '{"id":"evt_1","object":"event","type":"charge.succeeded","n":1.0}';
const { webhooks } = new Stripe("sk_test_unused");

/** A developer's app, as Stripe documents it. */
let app: http.Server;
let target: string;
const taken: string[] = [];

beforeAll(async () => {
  app = http.createServer(async (request, response) => {
    const signature = String(request.headers["stripe-signature"]);
    try {
      webhooks.constructEvent(await buffer(request), signature, SECRET);
      taken.push(signature);
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  target = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
});

afterAll(async () => {
  endClis();
  app?.close();
});

const mint = () => mintAt(server.origin);
const inBin = (bin: BinMinted, env: Record<string, string> = {}) => ({
  key: bin.key,
  env: { HOOKLENS_BIN: `${server.origin}/in/${bin.id}`, ...env },
});
const withSecret = { HOOKLENS_SECRET: SECRET };

/** Sends what Stripe signed a day ago. */
async function sendStale(bin: BinMinted): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1_000) - DAY_S;
  const signature = webhooks.generateTestHeaderString({ payload: BODY, secret: SECRET, timestamp });
  await fetch(`${server.origin}/in/${bin.id}/stripe`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Stripe-Signature": signature },
    body: BODY,
  });
}

describe("--resign", () => {
  test("of replay has a day-old event accepted, which is refused as it came", async () => {
    const bin = await mint();
    await sendStale(bin);
    const asItCame = await runCli(["replay", "1", "--to", target], inBin(bin));
    expect(asItCame.code).toBe(7);
    const again = ["replay", "1", "--to", target, "--resign"];
    expect(await runCli(again, inBin(bin, withSecret))).toMatchObject({ code: 0 });
    const untold = await runCli(again, inBin(bin));
    expect(untold).toMatchObject({ code: 2, err: expect.stringContaining("HOOKLENS_SECRET") });
  });

  test("of listen signs each request with the file's secret, and sends the others as they came", async () => {
    const bin = await mint();
    const cwd = temporaryFolder();
    const file = `targets:\n  - to: ${target}\nsecrets:\n  stripe: ${SECRET}\n`;
    writeFileSync(path.join(cwd, "hooklens.yml"), file, { mode: 0o600 });
    const listener = startCli(["listen", "--resign"], { ...inBin(bin), cwd });
    await listener.says("Connected.");
    const before = taken.length;
    await sendStale(bin);
    await until(() => taken.length > before, "a signed request");
    await fetch(`${server.origin}/in/${bin.id}/plain`, { method: "POST", body: "{}" });
    await listener.says(/#2 POST +\/plain +400/);
    expect(listener.err() + listener.out()).toContain(
      "Not signed again: nobody knows who sent it.",
    );
    expect(listener.err() + listener.out()).not.toContain(SECRET);
  });

  test("of replay through a listener is done by the server, with the bin's own secret", async () => {
    const bin = await mint();
    const client = createApiClient({ origin: server.origin, key: bin.key });
    await createSecretClient(client).add(bin.id, { provider: "stripe", secret: SECRET });
    await sendStale(bin);
    expect((await runCli(["show", "1"], inBin(bin))).out).toMatch(
      /^signed +verified, stale, stripe-v1, 864\d\d s old when it came$/m,
    );
    const listener = startCli(["listen", "--to", target], inBin(bin));
    await listener.says("Connected.");
    const args = ["replay", "1", "--to-listener"];
    expect((await runCli(args, inBin(bin))).code).toBe(7);
    const signed = await runCli([...args, "--resign"], inBin(bin));
    expect(signed).toMatchObject({ code: 0, out: expect.stringContaining("signed again") });
  });

  test("of listen keeps the secret from a command that it runs", async () => {
    const bin = await mint();
    const file = path.join(temporaryFolder(), "environment");
    const args = ["listen", "--resign", "--exec", `env > ${file}; cat > ${file}.body`];
    const listener = startCli(args, inBin(bin, withSecret));
    await listener.says("Connected.");
    await sendStale(bin);
    await listener.says(/#1 POST/);
    const environment = readFileSync(file, "utf8");
    expect(environment).not.toContain(SECRET);
    const headers = /^HOOKLENS_HEADERS=(.*)$/m.exec(environment)?.[1] ?? "[]";
    const pairs = new Map(JSON.parse(headers) as [string, string][]);
    const signature = pairs.get("Stripe-Signature") ?? pairs.get("stripe-signature") ?? "";
    webhooks.constructEvent(readFileSync(`${file}.body`), signature, SECRET);
  });
});

describe("verify", () => {
  test("checks a captured request by a secret that the server never sees", async () => {
    const bin = await mint();
    await sendStale(bin);
    const good = await runCli(["verify", "last"], inBin(bin, withSecret));
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^verified {2}stripe-v1/) });
    expect(good.out).toContain("it came outside the provider's tolerance");
    const wrong = await runCli(["verify", "1"], inBin(bin, { HOOKLENS_SECRET: "whsec_other" }));
    expect(wrong).toMatchObject({ code: 9, out: expect.stringMatching(/^failed/) });
    expect(wrong.out).toContain("the bytes don't match");
    expect(good.out + wrong.out).not.toMatch(/whsec_other|only_on_this_laptop/);
  });

  test("says what it lacks: a secret, a provider, a request", async () => {
    const bin = await mint();
    await fetch(`${server.origin}/in/${bin.id}`, { method: "POST", body: "{}" });
    const run = (args: string[], env = {}) => runCli(["verify", ...args], inBin(bin, env));
    expect(await run(["1"])).toMatchObject({ code: 2, err: expect.stringContaining("secret") });
    expect(await run(["1"], withSecret)).toMatchObject({
      code: 2,
      err: expect.stringContaining("--provider"),
    });
    expect(await run(["1", "-p", "strpe"], withSecret)).toMatchObject({
      code: 2,
      err: expect.stringContaining('"stripe"'),
    });
    expect(await run([], withSecret)).toMatchObject({ code: 2 });
    expect(await run(["7"], withSecret)).toMatchObject({ code: 5 });
  });
});

describe("sign", () => {
  test("prints the headers that a file's body needs, which verify and the official package take", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "body.json"), BODY);
    const files = ["-p", "stripe", "--body", "body.json"];
    const signed = await runCli(["sign", ...files], { cwd, env: withSecret });
    expect(signed.code).toBe(0);
    const [, value = ""] = /^Stripe-Signature: (.*)\n$/.exec(signed.out) ?? [];
    webhooks.constructEvent(BODY, value, SECRET);
    writeFileSync(path.join(cwd, "head.txt"), `POST /hook HTTP/1.1\r\n${signed.out}`);
    const checked = await runCli(["verify", ...files, "--headers", "head.txt", "--json"], {
      cwd,
      env: withSecret,
    });
    expect([checked.code, JSON.parse(checked.out)]).toMatchObject([
      0,
      { event: "verdict", provider: "stripe", status: "verified", reason: null },
    ]);
    writeFileSync(path.join(cwd, "head.txt"), `Stripe-Signature ${value}\n`);
    expect(
      await runCli(["verify", ...files, "--headers", "head.txt"], { cwd, env: withSecret }),
    ).toMatchObject({ code: 2, err: expect.stringContaining("Line 1 of head.txt is no header") });
  });

  test("signs for a URL where that counts, and writes a body that carries its signature", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "body"), "{}");
    const square = ["sign", "-p", "square", "--body", "body"];
    const env = { HOOKLENS_SECRET: "k" };
    expect(await runCli(square, { cwd, env })).toMatchObject({
      code: 2,
      err: expect.stringContaining("--url"),
    });
    const url = "http://localhost:3000/hook";
    const signed = await runCli([...square, "--url", url], { cwd, env });
    const wanted = createHmac("sha256", "k").update(`${url}{}`).digest("base64");
    expect(signed.out).toBe(`x-square-hmacsha256-signature: ${wanted}\n`);

    const mail = '{"signature":{"timestamp":"1","token":"t","signature":"x"},"event-data":{}}';
    const args = ["sign", "-p", "mailgun", "--body", "-", "--out", "signed.json"];
    expect((await runCli(args, { cwd, env, input: mail })).code).toBe(0);
    const { signature } = JSON.parse(readFileSync(path.join(cwd, "signed.json"), "utf8"));
    const mac = createHmac("sha256", "k").update(`${signature.timestamp}t`).digest("hex");
    expect(signature.signature).toBe(mac);
  });
});
