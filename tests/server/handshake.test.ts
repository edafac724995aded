import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { SigningSecret } from "#lib/contract/secrets.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

const call = createCall(server);
let bin: BinMinted;

beforeAll(async () => {
  bin = await mint(call);
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

describe("with a secret", () => {
  const keep = (own: BinMinted, provider: string, secret: string) =>
    call("POST", `/api/bins/${own.id}/secrets`, { key: own.key, body: { provider, secret } });
  const post = (own: BinMinted, body: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${server.port}/in/${own.id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  const list = async (own: BinMinted) =>
    (await call("GET", `/api/bins/${own.id}/requests`, { key: own.key })).json<
      Page<RequestSummary>
    >().items;
  const hmac = (secret: string, message: string) => createHmac("sha256", secret).update(message);

  test("Zoom's signed check gets its token back, encrypted, in a bin that takes only what is verified too", async () => {
    const own = await mint(call, { enforce: true });
    await keep(own, "zoom", "t0ken");
    const body = '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8"},"event_ts":1}';
    const time = String(Math.floor(Date.now() / 1000));
    const answer = await post(own, body, {
      "x-zm-request-timestamp": time,
      "x-zm-signature": `v0=${hmac("t0ken", `v0:${time}:${body}`).digest("hex")}`,
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { plainToken: "qgg8", encryptedToken: hmac("t0ken", "qgg8").digest("hex") },
    ]);
    expect(await list(own)).toMatchObject([
      { handshake: { id: "zoom" }, signature: { status: "verified" } },
    ]);
  });

  test("Xero's intent to receive: 200 with nothing for the right signature, 401 for the wrong ones", async () => {
    const own = await mint(call, { response: { status: 500, body: "ours" } });
    await keep(own, "xero", "xero-key");
    const body = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0M3"}';
    const send = (key: string) =>
      post(own, body, { "X-Xero-Signature": hmac(key, body).digest("base64") });
    const right = await send("xero-key");
    expect([right.status, await right.text()]).toEqual([200, ""]);
    const wrong = await send("another");
    expect([wrong.status, await wrong.text()]).toEqual([401, ""]);
    const shown = await list(own);
    expect(shown[1]).toMatchObject({ handshake: { id: "xero" }, response: { status: 200 } });
    expect(shown[0]).toMatchObject({ response: { status: 401, from: "enforce" } });
    expect(shown[0]).not.toHaveProperty("handshake");
  });

  test("Discord's PING is answered when it verifies, and 401 when it does not; what comes later gets the bin's answer", async () => {
    const own = await mint(call, { response: { status: 202 } });
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
    expect((await keep(own, "discord", raw.toString("hex"))).status).toBe(201);
    const time = String(Math.floor(Date.now() / 1000));
    const send = (body: string, isGenuine = true) => {
      const message = Buffer.from(time + (isGenuine ? body : `${body} `));
      const signature = sign(null, message, privateKey).toString("hex");
      return post(own, body, {
        "X-Signature-Ed25519": signature,
        "X-Signature-Timestamp": time,
        "User-Agent": "Discord-Interactions/1.0 (+https://discord.com)",
      });
    };
    const ping = await send('{"type":1}');
    expect([ping.status, await ping.json()]).toEqual([200, { type: 1 }]);
    expect((await send('{"type":1}', false)).status).toBe(401);
    const events = await send('{"version":1,"application_id":"1","type":0}');
    expect([events.status, events.headers.get("content-type")]).toEqual([204, "application/json"]);
    expect((await send('{"type":2,"data":{"name":"blep"}}')).status).toBe(202);
    expect((await send('{"type":2,"data":{"name":"blep"}}', false)).status).toBe(401);
    const shown = (await list(own)).toReversed();
    expect(
      shown.map(({ handshake, response }) => handshake?.id ?? response?.from ?? "bin"),
    ).toEqual(["discord", "enforce", "discord", "bin", "enforce"]);
  });

  test("a check that came before the secret, or was not answered, says what it is; a delivery without a signature failed", async () => {
    const own = await mint(call);
    await fetch(`http://127.0.0.1:${server.port}/in/${own.id}?crc_token=c1`);
    await call("PATCH", `/api/bins/${own.id}`, { key: own.key, body: { handshakes: false } });
    await keep(own, "x", "consumer-secret");
    await fetch(`http://127.0.0.1:${server.port}/in/${own.id}?crc_token=c2`);
    await post(own, '{"for_user_id":"1","tweet_create_events":[]}', {
      "x-twitter-webhooks-signature": "",
    });
    const told = async () =>
      (await list(own)).map(({ signature: { status, reason } }) => `${status} ${reason}`);
    const check = "unchecked url_check";
    await expect.poll(told, { timeout: 10_000 }).toEqual(["failed missing", check, check]);
    const [, { id } = { id: "" }] = await list(own);
    const explained = await call("GET", `/api/bins/${own.id}/requests/${id}/signature`, {
      key: own.key,
    });
    expect(explained.json()).toMatchObject({
      items: [{ verdict: { status: "unchecked", reason: "url_check" } }],
      diagnosis: null,
    });
  });

  test("Meta's check with another verify token is refused, and not shown as one that got its answer", async () => {
    const own = await mint(call);
    await keep(own, "meta-verify-token", "mine");
    const asked = (token: string) =>
      fetch(
        `http://127.0.0.1:${server.port}/in/${own.id}?hub.mode=subscribe&hub.challenge=7&hub.verify_token=${token}`,
      );
    expect([(await asked("mine")).status, (await asked("another")).status]).toEqual([200, 403]);
    const [refused, answered] = await list(own);
    expect(answered).toMatchObject({ handshake: { id: "meta" } });
    expect(refused).toMatchObject({ response: { status: 403 } });
    expect(refused).not.toHaveProperty("handshake");
  });

  test("Adyen's deliveries are accepted as it wants, judged, and no checks; where only what is verified is taken, 401", async () => {
    const own = await mint(call);
    await keep(own, "adyen", "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");
    const body = JSON.stringify({
      live: "false",
      notificationItems: [
        { NotificationRequestItem: { pspReference: "1", eventCode: "CAPTURE", success: "true" } },
      ],
    });
    const accepted = await post(own, body, {});
    expect([accepted.status, await accepted.text()]).toEqual([200, "[accepted]"]);
    await call("PATCH", `/api/bins/${own.id}`, { key: own.key, body: { enforce: true } });
    expect((await post(own, body, {})).status).toBe(401);
    const [refused, first] = await list(own);
    for (const each of [refused, first]) {
      expect(each).toMatchObject({ signature: { status: "failed", reason: "missing" } });
      expect(each).not.toHaveProperty("handshake");
    }
    expect(refused?.thread?.place).toBe(2);
  });

  test("that Asana sends along it is kept by itself, once, and judges what follows", async () => {
    const own = await mint(call);
    const first = await post(own, "{}", { "X-Hook-Secret": "b537207f" });
    expect([first.status, first.headers.get("x-hook-secret")]).toEqual([200, "b537207f"]);
    const secrets = async () =>
      (await call("GET", `/api/bins/${own.id}/secrets`, { key: own.key })).json<
        Page<SigningSecret>
      >().items;
    await expect
      .poll(secrets, { timeout: 10_000 })
      .toMatchObject([{ provider: "asana", learnedFrom: 1 }]);
    await post(own, "{}", { "X-Hook-Secret": "planted" });
    const signature = (secret: string) => ({
      "X-Hook-Signature": hmac(secret, '{"events":[]}').digest("hex"),
    });
    await post(own, '{"events":[]}', signature("b537207f"));
    await post(own, '{"events":[]}', signature("planted"));
    // The checks of the URL themselves are not signed.
    const statuses = async () => (await list(own)).map(({ signature: { status } }) => status);
    await expect
      .poll(statuses, { timeout: 10_000 })
      .toEqual(["failed", "verified", "unchecked", "unchecked"]);
    expect(await secrets()).toHaveLength(1);
  });

  test("that came with a check opens no bin that takes only what is verified before a person confirms it: anybody could plant one", async () => {
    const own = await mint(call, { enforce: true });
    const secrets = `/api/bins/${own.id}/secrets`;
    const kept = async () =>
      (await call("GET", secrets, { key: own.key })).json<Page<SigningSecret>>().items;
    const body = '{"events":[]}';
    const signed = (secret: string) =>
      post(own, body, { "X-Hook-Signature": hmac(secret, body).digest("hex") });
    await post(own, "{}", { "X-Hook-Secret": "b537207f" });
    await expect.poll(kept, { timeout: 10_000 }).toMatchObject([{ learnedFrom: 1 }]);
    const refused = await signed("b537207f");
    expect([refused.status, (await list(own))[0]?.signature.status]).toEqual([401, "verified"]);

    const [{ id } = { id: "" }] = await kept();
    const confirm = (json: unknown) =>
      call("PATCH", `${secrets}/${id}`, { key: own.key, body: json });
    expect((await confirm({ confirmed: false })).status).toBe(422);
    expect((await confirm({ confirmed: true })).json()).toMatchObject({ id, learnedFrom: null });
    expect((await signed("b537207f")).status).toBe(200);
    expect((await signed("planted")).status).toBe(401);
  });

  test("that came with a check is confirmed by typing it", async () => {
    const own = await mint(call);
    await post(own, "{}", { "X-Hook-Secret": "b537207f" });
    const path = `/api/bins/${own.id}/secrets`;
    const kept = async () =>
      (await call("GET", path, { key: own.key })).json<Page<SigningSecret>>().items;
    await expect.poll(kept, { timeout: 10_000 }).toMatchObject([{ learnedFrom: 1 }]);
    const json = { provider: "asana", secret: "b537207f" };
    expect((await call("POST", path, { key: own.key, body: json })).json()).toMatchObject({
      learnedFrom: null,
    });
    expect(await kept()).toHaveLength(1);
  });
});

describe("AWS SNS", () => {
  const url =
    "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns&Token=1";
  const confirmation = (own: BinMinted, SubscribeURL: string) =>
    fetch(`http://127.0.0.1:${server.port}/in/${own.id}`, {
      method: "POST",
      headers: {
        "Content-Type": "text/plain; charset=UTF-8",
        "x-amz-sns-message-type": "SubscriptionConfirmation",
      },
      body: JSON.stringify({ Type: "SubscriptionConfirmation", SubscribeURL }),
    });
  const asked = async (own: BinMinted) => {
    const path = `/api/bins/${own.id}/requests`;
    const { items } = (await call("GET", path, { key: own.key })).json<Page<RequestSummary>>();
    const lists = items.map(async ({ id }) =>
      (await call("GET", `${path}/${id}/forwards`, { key: own.key })).json<Page<Forward>>(),
    );
    return (await Promise.all(lists)).flatMap(({ items: forwards }) =>
      forwards.map(({ to }) => to),
    );
  };

  test("is confirmed by asking its URL, as a forward that is seen, where the bin wants that; nobody else is asked", async () => {
    const [without, own] = [await mint(call), await mint(call, { confirmSns: true })];
    await confirmation(without, url);
    await confirmation(own, "http://127.0.0.1:1/?Action=ConfirmSubscription");
    await confirmation(own, url.replace("amazonaws.com", "amazonaws.com.example.org"));
    expect((await confirmation(own, url)).status).toBe(200);
    await expect.poll(() => asked(own), { timeout: 10_000 }).toEqual([url]);
    expect(await asked(without)).toEqual([]);
  });

  test("is not confirmed again, nor a secret learned, by what a file brings", async () => {
    const own = await mint(call, { confirmSns: true });
    await confirmation(own, url);
    await fetch(`http://127.0.0.1:${server.port}/in/${own.id}`, {
      method: "POST",
      headers: { "X-Hook-Secret": "b537207f" },
    });
    const file = await call("GET", `/api/bins/${own.id}/export?format=ndjson`, { key: own.key });
    const other = await mint(call, { confirmSns: true });
    const headers = { "Content-Type": "application/x-ndjson" };
    const path = `/api/bins/${other.id}`;
    const read = await call("POST", `${path}/import`, {
      key: other.key,
      headers,
      body: file.bytes,
    });
    expect(read.json()).toMatchObject({ taken: 2, refused: 0 });
    await confirmation(other, url);
    await expect.poll(() => asked(other), { timeout: 10_000 }).toEqual([url]);
    const kept = await call("GET", `${path}/secrets`, { key: other.key });
    expect(kept.json<Page<SigningSecret>>().items).toEqual([]);
  });
});
