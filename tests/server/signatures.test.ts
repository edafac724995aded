import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { SignatureExplanations } from "#lib/contract/explanations.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import type { SigningSecret } from "#lib/contract/secrets.ts";
import { type Call, createCall, mint } from "#tests/helpers/call.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllSockets, tapLive } from "#tests/helpers/live-socket.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";

const SECRET = "it's a secret to everybody";
const SOON = { timeout: 20_000 };

// Two processes on one database: what `far` is not told it must find out.
let database: TestDatabase;
let near: TestServer;
let far: TestServer;
let call: Call;

beforeAll(async () => {
  database = await createDatabase();
  const env = { SECRET_KEY: "a key for the tests of signatures" };
  const options = { databaseUrl: database.url, env };
  [near, far] = await Promise.all([startServer(options), startServer(options)]);
  call = createCall(near);
});
afterEach(closeAllSockets);
afterAll(async () => {
  await Promise.all([near?.stop(), far?.stop()]);
  await database?.drop();
});

const signed = (body: string | Buffer, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** As GitHub sends it; `signature` null: unsigned. */
function send(
  bin: BinMinted,
  body: string | Buffer,
  { signature = signed(body) as string | null, to = near } = {},
): Promise<Response> {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "User-Agent": "GitHub-Hookshot/044aadd",
    "X-GitHub-Event": "push",
    "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    ...(signature === null ? {} : { "X-Hub-Signature-256": signature }),
  };
  const bytes = typeof body === "string" ? body : new Uint8Array(body);
  return fetch(`http://127.0.0.1:${to.port}/in/${bin.id}`, {
    method: "POST",
    headers,
    body: bytes,
  });
}

const addSecret = async (bin: BinMinted, secret = SECRET) =>
  (
    await call("POST", `/api/bins/${bin.id}/secrets`, {
      key: bin.key,
      body: { provider: "github", secret },
    })
  ).json<SigningSecret>();

async function mintWithSecret(body?: unknown): Promise<BinMinted> {
  const bin = await mint(call, body);
  await addSecret(bin);
  return bin;
}

const list = async (bin: BinMinted, q = "") =>
  (
    await call("GET", `/api/bins/${bin.id}/requests?q=${encodeURIComponent(q)}`, { key: bin.key })
  ).json<Page<RequestSummary>>().items;

const verdicts = async (bin: BinMinted) =>
  (await list(bin)).map(({ signature }) => [signature.status, signature.reason]);

const VERIFIED = {
  status: "verified",
  scheme: "github-sha256",
  reason: null,
  timestampAgeSeconds: null,
};

describe("a request of a bin with a secret is judged before it is stored", () => {
  test("verified, wrong and unsigned are told apart, in the list, the whole request and the push", async () => {
    const bin = await mintWithSecret();
    const live = await tapLive(near.origin, { bin: bin.id, key: bin.key });
    await live.next("requests");
    await send(bin, '{"a":1}');
    await send(bin, '{"a":1}', { signature: signed('{"a":2}') });
    await send(bin, '{"a":1}', { signature: null });
    expect(await verdicts(bin)).toEqual([
      ["failed", "missing"],
      ["failed", "mismatch"],
      ["verified", null],
    ]);
    const genuine = (await list(bin)).at(-1);
    expect(genuine?.signature).toEqual(VERIFIED);
    const path = `/api/bins/${bin.id}/requests/${genuine?.id}`;
    const whole = (await call("GET", path, { key: bin.key })).json<CapturedRequest>();
    expect(whole.signature).toEqual(VERIFIED);
    await live.next("requests", ({ lastSeq }) => lastSeq === 3);
    const pushed = live.all("requests").flatMap(({ items }) => items);
    expect(pushed.map(({ signature }) => signature.status)).toEqual([
      "verified",
      "failed",
      "failed",
    ]);
  });

  test("of its whole body, a large one too", async () => {
    const bin = await mintWithSecret();
    const body = Buffer.alloc(1_500_000, "0123456789");
    await Promise.all([1, 2, 3, 4].map(() => send(bin, body)));
    await send(bin, body, { signature: signed(body.subarray(1)) });
    const statuses = (await verdicts(bin)).map(([status]) => status);
    expect([statuses[0], statuses.slice(1)]).toEqual(["failed", Array(4).fill("verified")]);
  });

  test("with each of several secrets, and its use is noted", async () => {
    const bin = await mintWithSecret();
    const second = await addSecret(bin, "the next one");
    await send(bin, "{}", { signature: signed("{}", "the next one") });
    expect(await verdicts(bin)).toEqual([["verified", null]]);
    await expect
      .poll(async () => {
        const path = `/api/bins/${bin.id}/secrets`;
        const { items } = (await call("GET", path, { key: bin.key })).json<Page<SigningSecret>>();
        return items.map(({ id, lastUsedAt }) => [id === second.id, lastUsedAt !== null]);
      }, SOON)
      .toEqual([
        [true, true],
        [false, false],
      ]);
  });

  test("of somebody else is not a failed one of those whose secret is kept", async () => {
    const bin = await mintWithSecret();
    await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, {
      method: "POST",
      body: "{}",
      headers: {
        "X-Gitea-Event": "push",
        "X-Gitea-Signature": "00".repeat(32),
        "X-Hub-Signature-256": `sha256=${"00".repeat(32)}`,
      },
    });
    expect(await verdicts(bin)).toEqual([["unchecked", null]]);
  });

  test("of whoever signs by Standard Webhooks is one of those who do, whose secret is kept", async () => {
    const bin = await mint(call);
    const secret = { provider: "polar", secret: "polar_whs_1" };
    await call("POST", `/api/bins/${bin.id}/secrets`, { key: bin.key, body: secret });
    await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, {
      method: "POST",
      body: "{}",
      headers: {
        "webhook-id": "m",
        "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
        "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}`,
      },
    });
    expect(await verdicts(bin)).toEqual([["failed", "mismatch"]]);
  });

  test("what nobody is known to have sent, and carries no signature, is unchecked", async () => {
    const bin = await mintWithSecret();
    await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, { method: "POST", body: "x" });
    expect(await verdicts(bin)).toEqual([["unchecked", null]]);
  });
});

describe("a secret that is added or removed", () => {
  test("counts for what is stored already: open pages are told, and a search finds it", async () => {
    const bin = await mint(call);
    for (const body of ["1", "2", "3"]) await send(bin, body);
    await send(bin, "4", { signature: signed("5") });
    expect(await list(bin, "signature:unchecked")).toHaveLength(4);
    const live = await tapLive(far.origin, { bin: bin.id, key: bin.key });
    await live.next("requests");
    const secret = await addSecret(bin);
    await expect.poll(async () => (await list(bin, "signature:verified")).length, SOON).toBe(3);
    expect((await list(bin, "signature:failed")).map(({ seq }) => seq)).toEqual([4]);
    expect(await list(bin, "-signature:unchecked")).toHaveLength(4);
    await live.next("changed");
    const told = live.all("changed").flatMap(({ items }) => items);
    expect(new Map(told.map(({ seq, signature }) => [seq, signature.status]))).toEqual(
      new Map([
        [1, "verified"],
        [2, "verified"],
        [3, "verified"],
        [4, "failed"],
      ]),
    );
    await call("DELETE", `/api/bins/${bin.id}/secrets/${secret.id}`, { key: bin.key });
    await expect.poll(async () => (await list(bin, "signature:unchecked")).length, SOON).toBe(4);
  });

  test("counts on every server from the next request on", async () => {
    const bin = await mint(call);
    await send(bin, "0", { to: far });
    await addSecret(bin);
    await expect
      .poll(async () => {
        await send(bin, "1", { to: far });
        return (await list(bin))[0]?.signature.status;
      }, SOON)
      .toBe("verified");
  });

  test("who sent it, put right by hand, decides at once what it is judged by", async () => {
    const bin = await mintWithSecret();
    const headers = { "X-Hub-Signature-256": signed("{}") };
    await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, {
      method: "POST",
      body: "{}",
      headers,
    });
    const [stored] = await list(bin);
    const path = `/api/bins/${bin.id}/requests/${stored?.id}`;
    const correct = async (provider: string) =>
      (await call("PATCH", path, { key: bin.key, body: { provider } })).json<CapturedRequest>();
    expect((await correct("github")).signature.status).toBe("verified");
  });
});

describe("a bin that takes only what is verified", () => {
  test("answers 401 to everything else, keeps it, and says why it was answered so", async () => {
    const bin = await mintWithSecret({ enforce: true, response: { status: 202, body: "ours" } });
    const good = await send(bin, "{}");
    expect([good.status, await good.text()]).toEqual([202, "ours"]);
    const bad = await send(bin, "{}", { signature: signed("[]") });
    expect([bad.status, bad.headers.get("content-type"), await bad.text()]).toEqual([
      401,
      "text/plain; charset=utf-8",
      "The signature of this request was not verified.\n",
    ]);
    expect((await send(bin, "{}", { signature: null })).status).toBe(401);
    const unknown = await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, { method: "POST" });
    expect(unknown.status).toBe(401);
    expect((await list(bin)).map(({ response }) => [response?.status, response?.from])).toEqual([
      [401, "enforce"],
      [401, "enforce"],
      [401, "enforce"],
      [202, undefined],
    ]);
    expect(await list(bin, "status:401")).toHaveLength(3);
  });

  test("can be told otherwise again", async () => {
    const bin = await mint(call, { enforce: true });
    const patched = await call("PATCH", `/api/bins/${bin.id}`, {
      key: bin.key,
      body: { enforce: null },
    });
    expect(patched.json()).toMatchObject({ enforce: false });
    expect((await send(bin, "{}")).status).toBe(200);
  });
});

describe("the explanation of a signature", () => {
  const explain = async (bin: BinMinted) => {
    const [newest] = await list(bin);
    const path = `/api/bins/${bin.id}/requests/${newest?.id}/signature`;
    const answer = await call("GET", path, { key: bin.key });
    expect(answer.text).not.toContain(SECRET);
    return answer.json<SignatureExplanations>().items;
  };

  test("says what was signed, what came and what should have, and never the secret", async () => {
    const bin = await mintWithSecret();
    await send(bin, '{"a":1}', { signature: signed("other") });
    const [item] = await explain(bin);
    expect(item).toMatchObject({
      provider: "github",
      scheme: "github-sha256",
      algorithm: "HMAC SHA-256",
      key: { length: SECRET.length },
      verdict: { status: "failed", reason: "mismatch" },
      claims: [
        {
          messages: [
            {
              parts: [{ from: "body", size: 7, base64: null }],
              size: 7,
              computed: signed('{"a":1}').slice("sha256=".length),
            },
          ],
          received: [{ text: signed("other").slice("sha256=".length), fits: false }],
        },
      ],
    });
  });

  test("names the mistake with which it fits, and says nothing of what is verified", async () => {
    const bin = await mintWithSecret();
    const diagnosis = async () => {
      const [newest] = await list(bin);
      const path = `/api/bins/${bin.id}/requests/${newest?.id}/signature`;
      return (await call("GET", path, { key: bin.key })).json<SignatureExplanations>().diagnosis;
    };
    await send(bin, '{"a":1}', { signature: signed('{ "a": 1 }') });
    expect(await diagnosis()).toMatchObject({ findings: [{ code: "no_match" }] });
    await send(bin, '{"a":1}', { signature: signed('{"a": 1}') });
    expect(await diagnosis()).toMatchObject({
      findings: [{ code: "json_printed", certainty: "match", scheme: "github-sha256" }],
      isComplete: true,
    });
    await send(bin, '{"a":1}');
    expect(await diagnosis()).toBeNull();
  });

  test("of a token never says the token that is kept", async () => {
    const bin = await mint(call);
    await call("POST", `/api/bins/${bin.id}/secrets`, {
      key: bin.key,
      body: { provider: "gitlab", secret: SECRET },
    });
    await fetch(`http://127.0.0.1:${near.port}/in/${bin.id}`, {
      method: "POST",
      headers: { "X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": "another" },
    });
    const item = (await explain(bin)).find(({ scheme }) => scheme === "gitlab-token");
    expect(item?.verdict).toMatchObject({ status: "failed", reason: "mismatch" });
    expect(item?.claims[0]?.received[0]?.text).toBe("another");
  });

  test("without a secret says what would be checked", async () => {
    const bin = await mint(call);
    await send(bin, "{}");
    expect(await explain(bin)).toMatchObject([
      { scheme: "github-sha256", secretId: null, verdict: { status: "unchecked" } },
      { scheme: "github-sha1", secretId: null },
    ]);
  });
});

test("a secret is in no row, answer or log of all this", async () => {
  const { rows } = await run(database.url, "SELECT r::text AS row FROM requests AS r");
  for (const text of [JSON.stringify(rows), near.output(), far.output()]) {
    expect(text).not.toContain(SECRET);
  }
});
