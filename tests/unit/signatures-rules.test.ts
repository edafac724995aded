import { createHash, createHmac, generateKeyPairSync, sign as signEd25519 } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { explain } from "#lib/signatures/explain.ts";
import { resigningOf } from "#lib/signatures/resigning.ts";
import { sign } from "#lib/signatures/sign.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import { verify } from "#lib/signatures/verify.ts";

const NOW_S = 1_760_000_000;
const BODY = '{"a":1}';
const WRONG = "0".repeat(64);

const hex = (key: string, message: string) =>
  createHmac("sha256", key).update(message).digest("hex");
const base64 = (key: string | Buffer, message: string) =>
  createHmac("sha256", key).update(message).digest("base64");

const request = (headers: HeaderPair[], more: Partial<SignedRequest> = {}): SignedRequest => ({
  method: "POST",
  url: "https://hooks.example/in/abc",
  headers,
  body: Buffer.from(BODY),
  isBodyWhole: true,
  receivedAtMs: NOW_S * 1_000,
  ...more,
});

const secret = (provider: string, value: string, id = "s") => ({ id, provider, value });
const judge = (provider: string, value: string, headers: HeaderPair[], more = {}) =>
  verify(request(headers, more), provider, [secret(provider, value)]);

describe("a list of signatures", () => {
  const stripe = hex("whsec_k", `${NOW_S}.${BODY}`);
  const paddle = hex("k", `${NOW_S}:${BODY}`);
  const standard = base64(Buffer.from("key"), `m.${NOW_S}.${BODY}`);
  const body = hex("k", BODY);
  const lists: [string, string, HeaderPair[]][] = [
    ["stripe", "whsec_k", [["Stripe-Signature", `t=${NOW_S},v1=${WRONG},v1=${stripe},v0=x`]]],
    ["stripe", "whsec_k", [["Stripe-Signature", `v1=${stripe}, t=${NOW_S}`]]],
    ["paddle", "k", [["Paddle-Signature", `ts=${NOW_S};h1=${paddle};h1=${WRONG}`]]],
    [
      "standard-webhooks",
      "whsec_a2V5",
      [
        ["webhook-id", "m"],
        ["webhook-timestamp", `${NOW_S}`],
        ["webhook-signature", `v1a,AAAA v1,AAAA v1,${standard} v2,x`],
      ],
    ],
    ["pagerduty", "k", [["X-PagerDuty-Signature", `v1=${WRONG},v1=${body}`]]],
    [
      "docusign",
      "k",
      [
        ["X-DocuSign-Signature-1", base64("other", BODY)],
        ["X-DocuSign-Signature-2", base64("k", BODY)],
      ],
    ],
    [
      "hookdeck",
      "k",
      [
        ["x-hookdeck-signature", base64("other", BODY)],
        ["x-hookdeck-signature-2", base64("k", BODY)],
      ],
    ],
  ];

  test.each(lists)("of %s with %s holds when one fits: %j", async (provider, value, headers) => {
    expect(await judge(provider, value, headers)).toMatchObject({
      status: "verified",
      reason: null,
    });
  });

  test("is written anew with the one that this secret makes", async () => {
    const draft = request([
      ["X-DocuSign-Signature-1", "old"],
      ["X-Between", "1"],
      ["X-DocuSign-Signature-2", "old"],
    ]);
    const signed = await sign(draft, "docusign", secret("docusign", "k"), { nowMs: 0 });
    expect(signed.headers).toEqual([
      ["X-DocuSign-Signature-1", base64("k", BODY)],
      ["X-Between", "1"],
    ]);
  });
});

describe("what is said of a request that fails", () => {
  const good: HeaderPair[] = [["X-Hub-Signature-256", `sha256=${hex("k", BODY)}`]];

  test("the provider signs nothing, is not known, or has no secret here: unchecked", async () => {
    for (const provider of ["docker-hub", "nobody", "toString", "__proto__"])
      expect((await judge(provider, "k", good)).status).toBe("unchecked");
    expect((await verify(request(good), "github", [])).status).toBe("unchecked");
    expect((await verify(request(good), "github", [secret("stripe", "k")])).status).toBe(
      "unchecked",
    );
  });

  test("only the body's beginning was kept: it can't be told", async () => {
    const cut = { isBodyWhole: false };
    expect(await judge("github", "k", good, cut)).toMatchObject({ reason: "body_cut" });
    expect(await judge("github", "k", [], cut)).toMatchObject({ reason: "missing" });
    expect(
      await judge("telegram", "k", [["X-Telegram-Bot-Api-Secret-Token", "k"]], cut),
    ).toMatchObject({ status: "verified" });
  });

  test("a secret that is none of the kind is told from one that does not fit", async () => {
    const headers: HeaderPair[] = [
      ["webhook-id", "m"],
      ["webhook-timestamp", `${NOW_S}`],
      ["webhook-signature", `v1,${base64("k", BODY)}`],
    ];
    for (const value of ["whsec_!", "", "whsec_"])
      expect(await judge("standard-webhooks", value, headers)).toMatchObject({
        status: "failed",
        reason: "bad_secret",
      });
    expect(
      await judge("stripe", "sk_live_1", [["Stripe-Signature", `t=1,v1=${WRONG}`]]),
    ).toMatchObject({
      reason: "bad_secret",
    });
  });

  test.each([
    ["", "incomplete"],
    [",t=NaN", "bad_timestamp"],
    [",t=", "bad_timestamp"],
    [",t=1e9", "bad_timestamp"],
    [",t=Infinity", "bad_timestamp"],
    [",t=99999999999999999999", "bad_timestamp"],
  ])("the time %j: %s, even where the bytes match", async (time, reason) => {
    const signature = hex("whsec_k", `${time.slice(3)}.${BODY}`);
    const headers: HeaderPair[] = [["Stripe-Signature", `v1=${signature}${time}`]];
    expect(await judge("stripe", "whsec_k", headers)).toMatchObject({ status: "failed", reason });
  });

  test("what is signed beside the body did not come with it", async () => {
    const headers: HeaderPair[] = [
      ["webhook-timestamp", `${NOW_S}`],
      ["webhook-signature", `v1,${base64("k", BODY)}`],
    ];
    expect(await judge("standard-webhooks", "whsec_a2V5", headers)).toMatchObject({
      reason: "incomplete",
    });
    const [explained] = await explain(request(headers), "standard-webhooks", []);
    expect(explained?.claims[0]?.absent).toEqual(["header:webhook-id"]);
  });
});

describe("the asymmetric half of Standard Webhooks", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const key = `whpk_${raw.toString("base64")}`;
  const signature = signEd25519(null, Buffer.from(`m.${NOW_S}.${BODY}`), privateKey);
  const headers = (value: string): HeaderPair[] => [
    ["webhook-id", "m"],
    ["webhook-timestamp", `${NOW_S}`],
    ["webhook-signature", value],
  ];

  test("is checked with the public key, also beside a symmetric one", async () => {
    const value = `v1,${base64("k", "x")} v1a,${signature.toString("base64")}`;
    expect(await judge("standard-webhooks", key, headers(value))).toMatchObject({
      status: "verified",
      scheme: "standard-webhooks-v1a",
    });
    const other = headers(value).map(
      ([name, text]): HeaderPair => [name, text === "m" ? "n" : text],
    );
    expect(await judge("standard-webhooks", key, other)).toMatchObject({ reason: "mismatch" });
    expect(await judge("standard-webhooks", "whpk_AAAA", headers(value))).toMatchObject({
      status: "failed",
    });
  });

  test("can't be made again", async () => {
    const draft = request(headers("v1a,AAAA"));
    const attempt = sign(draft, "standard-webhooks", secret("standard-webhooks", key), {
      nowMs: 0,
    });
    await expect(attempt).rejects.toMatchObject({ problem: "only_the_sender" });
  });
});

describe("schemes side by side", () => {
  test("GitLab's token and its signing token are different secrets", async () => {
    const headers: HeaderPair[] = [
      ["X-Gitlab-Token", "word"],
      ["webhook-id", "m"],
      ["webhook-timestamp", `${NOW_S}`],
      ["webhook-signature", `v1,${base64(Buffer.from("key"), `m.${NOW_S}.${BODY}`)}`],
    ];
    expect(await judge("gitlab", "word", headers)).toMatchObject({ scheme: "gitlab-token" });
    expect(await judge("gitlab", "whsec_a2V5", headers)).toMatchObject({
      scheme: "standard-webhooks-v1",
      status: "verified",
    });
  });

  test("all that a request carries are signed again, so that no old one stays", async () => {
    const draft = request([
      ["X-Hub-Signature", "sha1=old"],
      ["X-GitHub-Event", "push"],
      ["X-Hub-Signature-256", "sha256=old"],
    ]);
    const signed = await sign(draft, "github", secret("github", "k"), { nowMs: 0 });
    expect(signed.schemes).toEqual(["github-sha256", "github-sha1"]);
    expect(JSON.stringify(signed.headers)).not.toContain("old");
  });

  test("that share a header are written into it together", async () => {
    const draft = request([
      ["X-Event-Id", "e"],
      ["X-Hook0-Signature", "t=1,v0=aa,h=x-event-id,v1=bb"],
    ]);
    const nowMs = NOW_S * 1_000;
    const signed = await sign(draft, "coinbase-cdp", secret("coinbase-cdp", "k"), { nowMs });
    const v0 = hex("k", `${NOW_S}.${BODY}`);
    const v1 = hex("k", `${NOW_S}.x-event-id.e.${BODY}`);
    expect(signed.headers[1]?.[1]).toBe(`t=${NOW_S},h=x-event-id,v0=${v0},v1=${v1}`);
  });

  test("HubSpot's version tells which of two is meant", async () => {
    const headers: HeaderPair[] = [
      ["X-HubSpot-Signature-Version", "v1"],
      ["X-HubSpot-Signature", "aa"],
    ];
    const signed = await sign(request(headers), "hubspot", secret("hubspot", "k"), { nowMs: 0 });
    expect(signed.schemes).toEqual(["hubspot-v1"]);
  });
});

describe("a stronger signature beside a weaker one", () => {
  const sha1 = (key: string) => createHmac("sha1", key).update(BODY).digest("hex");
  const URL = "https://hooks.example/in/abc";
  const v2 = createHash("sha256").update(`kPOST${URL}${BODY}`).digest("hex");
  const v3 = (seconds: number) => base64("k", `POST${URL}${BODY}${seconds}000`);
  const hubspot = (v3Value: string, seconds = NOW_S): HeaderPair[] => [
    ["X-HubSpot-Signature", v2],
    ["X-HubSpot-Signature-Version", "v2"],
    ["X-HubSpot-Signature-v3", v3Value],
    ["X-HubSpot-Request-Timestamp", `${seconds}000`],
  ];
  const hub = (sha256: string, key = "k"): HeaderPair[] => [
    ["X-Hub-Signature", `sha1=${sha1(key)}`],
    ["X-Hub-Signature-256", sha256],
  ];
  const fits = `sha256=${hex("k", BODY)}`;
  const v0 = hex("k", `${NOW_S}.${BODY}`);
  const cdp: HeaderPair[] = [
    ["X-Event-Id", "1"],
    ["X-Hook0-Signature", `t=${NOW_S},v0=${v0},h=x-event-id,v1=${WRONG}`],
  ];

  test.each<[string, HeaderPair[], string, string]>([
    ["github", hub(`sha256=${WRONG}`), "mismatch", "github-sha256"],
    ["github", hub("sha256=abc"), "malformed", "github-sha256"],
    ["github", hub(""), "missing", "github-sha256"],
    ["meta", hub(`sha256=${WRONG}`), "mismatch", "meta-sha256"],
    ["gitea", [["X-Gitea-Signature", WRONG], ...hub(fits)], "mismatch", "gitea-sha256"],
    ["forgejo", [["X-Forgejo-Signature", WRONG], ...hub(fits)], "mismatch", "forgejo-sha256"],
    ["hubspot", hubspot(base64("other", BODY)), "mismatch", "hubspot-v3"],
    ["coinbase-cdp", cdp, "mismatch", "coinbase-cdp-v1"],
  ])("is what counts where it is wrong: %s %j", async (provider, headers, reason, scheme) => {
    const verdict = await judge(provider, "k", headers);
    expect(verdict).toMatchObject({ status: "failed", reason, scheme });
  });

  test("is what counts where it is old", async () => {
    const headers = hubspot(v3(NOW_S - 3_600), NOW_S - 3_600);
    expect(await judge("hubspot", "k", headers)).toMatchObject({
      status: "verified",
      reason: "stale",
      timestampAgeSeconds: 3_600,
    });
  });

  test("is not missed: the weaker one alone still says that it is genuine", async () => {
    const [weaker] = hub("");
    expect(await judge("github", "k", weaker ? [weaker] : [])).toMatchObject({
      status: "verified",
      scheme: "github-sha1",
    });
  });

  test("fits with any of several secrets", async () => {
    const both = [secret("github", "old", "1"), secret("github", "k", "2")];
    expect(await verify(request(hub(fits, "old")), "github", both)).toMatchObject({
      status: "verified",
      scheme: "github-sha256",
      secretId: "2",
    });
  });

  test("says nothing where it can't be checked", async () => {
    const headers: HeaderPair[] = [
      ["X-Gitlab-Token", "k"],
      ["webhook-id", "m"],
      ["webhook-timestamp", `${NOW_S}`],
      ["webhook-signature", `v1,${base64("other", BODY)}`],
    ];
    expect(await judge("gitlab", "k", headers)).toMatchObject({ scheme: "gitlab-token" });
    const token = [secret("gitlab", "k", "1"), secret("gitlab", "whsec_a2V5", "2")];
    expect(await verify(request(headers), "gitlab", token)).toMatchObject({
      reason: "mismatch",
      scheme: "standard-webhooks-v1",
    });
  });

  test("is named by the explanation of what does not count", async () => {
    const explained = await explain(request(hub(`sha256=${WRONG}`)), "github", [
      secret("github", "k"),
    ]);
    expect(explained).toMatchObject([
      { scheme: "github-sha256", verdict: { status: "failed" }, outrankedBy: null },
      { scheme: "github-sha1", verdict: { status: "verified" }, outrankedBy: "github-sha256" },
    ]);
  });
});

describe("a batch", () => {
  const batch = (...states: (string | undefined)[]) => ({
    body: Buffer.from(JSON.stringify({ value: states.map((clientState) => ({ clientState })) })),
  });

  test("holds only when each of its elements does", async () => {
    const judged = (...states: (string | undefined)[]) =>
      judge("microsoft-graph", "k", [], batch(...states));
    expect(await judged("k", "k")).toMatchObject({ status: "verified" });
    expect(await judged("k", "x")).toMatchObject({ status: "failed", reason: "mismatch" });
    expect(await judged("k", undefined)).toMatchObject({ status: "failed" });
    expect(await judged()).toMatchObject({ status: "failed", reason: "missing" });
  });
});

describe("a body that carries its signature", () => {
  test("is changed there and nowhere else", async () => {
    const text =
      '{ "signature": {"token":"\\u0061b", "timestamp" : "1", "signature":"old"},\r\n "n": 1.0, "n": 2 }';
    const draft = request([], { body: Buffer.from(text) });
    const nowMs = NOW_S * 1_000;
    const signed = await sign(draft, "mailgun", secret("mailgun", "k"), { nowMs });
    const fresh = hex("k", `${NOW_S}ab`);
    expect(Buffer.from(signed.body).toString()).toBe(
      text.replace('"1"', `"${NOW_S}"`).replace('"old"', `"${fresh}"`),
    );
    expect(signed.headers).toEqual([]);
  });

  test("without room for it can't be signed", async () => {
    const draft = request([], { body: Buffer.from("[1]") });
    await expect(
      sign(draft, "mailgun", secret("mailgun", "k"), { nowMs: 0 }),
    ).rejects.toMatchObject({ problem: "no_room" });
  });
});

describe("the URL", () => {
  test("that is signed is the one that the target will see", async () => {
    const url = "http://localhost:3000/hook";
    const signed = await sign(request([], { url }), "square", secret("square", "k"), { nowMs: 0 });
    expect(signed.headers[0]?.[1]).toBe(base64("k", url + BODY));
  });

  test("is asked for only where it counts", () => {
    expect(resigningOf("square", false)).toMatchObject({ isForUrl: true, hasFreshTime: false });
    expect(resigningOf("stripe", false)).toMatchObject({ isForUrl: false, hasFreshTime: true });
    expect(resigningOf("svix", false)?.keeps).toEqual(["svix-id"]);
    expect(resigningOf("mailgun", false)?.changesBody).toBe(true);
    expect(resigningOf("docker-hub", false)).toBeNull();
  });
});

test("Meta's escapes count where they were written out on the way", async () => {
  const escaped = hex("k", '{"name":"Zo\\u00eb"}');
  const headers: HeaderPair[] = [["X-Hub-Signature-256", `sha256=${escaped}`]];
  const body = Buffer.from('{"name":"Zoë"}');
  expect(await judge("meta", "k", headers, { body })).toMatchObject({ status: "verified" });
});
