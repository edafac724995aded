import { describe, expect, test } from "vitest";
import { providers } from "#lib/providers/providers.ts";
import { diagnose } from "#lib/signatures/doctor/diagnose.ts";
import { explain } from "#lib/signatures/explain.ts";
import { sign } from "#lib/signatures/sign.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import { verify } from "#lib/signatures/verify.ts";
import { type CodeSigner, hs256, mac, type Sent, toRequest } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";
import { ACCOUNT, googleKeys, googleToken, publicPem } from "#tests/fixtures/token-signers.ts";

const NOW_MS = 1_760_000_000_123;
const DAY_MS = 24 * 3_600_000;

const secretOf = ({ provider, secret }: CodeSigner) => ({ id: "s1", provider, value: secret });
const check = (signer: CodeSigner, request: SignedRequest) =>
  verify(request, signer.provider, [secretOf(signer)]);
const sent = (signer: CodeSigner, atMs = NOW_MS) => toRequest(signer.send(atMs), NOW_MS);

function altered(request: SignedRequest, [from, to]: [string, string]): SignedRequest {
  const text = Buffer.from(request.body).toString();
  expect(text).toContain(from);
  return { ...request, body: Buffer.from(text.replace(from, to)) };
}

/** The same without its signature, wherever that stood. */
function bare(request: SignedRequest, name: string): SignedRequest {
  const body = Buffer.from(request.body).toString().replaceAll(name, "other");
  const headers = request.headers.filter(([given]) => given !== name);
  return { ...request, headers, body: Buffer.from(body) };
}

const named = codeSigners.map(
  (each, at) => [`${each.provider}: ${each.scheme} (${at})`, each] as const,
);

describe.each(named)("%s", (_, signer) => {
  test("what its sender signed is verified", async () => {
    expect(await check(signer, sent(signer))).toMatchObject({
      status: "verified",
      reason: null,
      scheme: signer.scheme,
    });
  });

  test("one other character is a mismatch, and no signature is missing", async () => {
    const spoilt = altered(sent(signer), signer.spoil ?? ["Zoë", "Zoé"]);
    expect(await check(signer, spoilt)).toMatchObject({ status: "failed", reason: "mismatch" });
    const { status, reason } = await check(signer, bare(sent(signer), signer.signature));
    expect(status).toBe("failed");
    expect(reason).toBe("missing");
  });

  test("a day old it matches, and is stale where the sender names a window", async () => {
    const { status, reason } = await check(signer, sent(signer, NOW_MS - DAY_MS));
    expect(status).toBe("verified");
    expect(reason).toBe(signer.tolerance === undefined ? null : "stale");
  });

  test("a key of another is refused", async () => {
    const { publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const raw = Buffer.from(await crypto.subtle.exportKey("raw", publicKey)).toString("hex");
    const value = signer.onlySender ? raw : raw.slice(0, 40);
    const secret = { id: "s2", provider: signer.provider, value };
    const { status } = await verify(sent(signer), signer.provider, [secret]);
    expect(status).toBe("failed");
  });

  test("what was signed is shown, and no secret with it", async () => {
    const all = await explain(sent(signer), signer.provider, [secretOf(signer)]);
    const shown = all.find(({ scheme }) => scheme === signer.scheme);
    expect(shown?.verdict.status).toBe("verified");
    expect(shown?.claims[0]?.messages[0]?.bytes.length).toBeGreaterThan(0);
    const private_ = signer.onlySender ? "PRIVATE KEY" : signer.secret.replace(/^public:/, "");
    expect(JSON.stringify(shown)).not.toContain(private_);
  });
});

describe.each(named.filter(([, { onlySender }]) => !onlySender))("%s", (_, signer) => {
  test("what is signed again is verified, and each part of it by itself", async () => {
    const old = altered(sent(signer, NOW_MS - DAY_MS), signer.spoil ?? ["Zoë", "Zoé"]);
    const signed = await sign(old, signer.provider, secretOf(signer), { nowMs: NOW_MS });
    const verdict = await check(signer, { ...old, ...signed });
    expect(verdict).toMatchObject({ status: "verified", reason: null, scheme: signer.scheme });
  });
});

test.each(named.filter(([, { onlySender }]) => onlySender))(
  "%s: only its sender can sign",
  async (_, signer) => {
    const signing = sign(sent(signer), signer.provider, secretOf(signer), { nowMs: NOW_MS });
    await expect(signing).rejects.toThrow(/Only the sender/);
  },
);

test("a URL with the body's hash is not taken for one that signs nothing else", async () => {
  const signer = codeSigners.find(({ scheme }) => scheme === "twilio-body-hash");
  if (!signer) throw new Error("twilio");
  const emptied = { ...sent(signer), body: Buffer.from("") };
  expect((await check(signer, emptied)).status).toBe("failed");
});

test.each([
  ["aws-sns-2", "topic=arn", "topic=arn:other"],
  ["fal-ed25519", "user=u1", "user=u2"],
])("%s: signed by the sender, and for somebody else, is refused", async (scheme, own, other) => {
  const signer = codeSigners.find((each) => each.scheme === scheme);
  if (!signer) throw new Error(scheme);
  const judge = (secret: string) => check({ ...signer, secret }, sent(signer));
  expect((await judge(signer.secret)).status).toBe("verified");
  expect(await judge(signer.secret.replace(own, other))).toMatchObject({
    status: "failed",
    reason: "mismatch",
  });
  expect((await judge(signer.secret.replace(`${own}\n`, ""))).status).toBe("verified");
});

test.each(codeSigners.filter(({ secret }) => /^\S.*\n(-----|\{)/.test(secret)))(
  "$scheme: what stands before the key counts, too, when a field has taken the line ends out",
  async (signer) => {
    const secret = signer.secret.replaceAll("\n", "");
    expect((await check({ ...signer, secret }, sent(signer))).status).toBe("verified");
    const other = secret.replace(/arn|u1|1JE4807973214180M/, "other");
    expect(other).not.toBe(secret);
    expect((await check({ ...signer, secret: other }, sent(signer))).reason).toBe("mismatch");
  },
);

describe("a token of Google", () => {
  const judge = (sent: Sent, lines = `email=${ACCOUNT}\n`) =>
    verify(toRequest(sent, NOW_MS), "google-pubsub", [
      { id: "s1", provider: "google-pubsub", value: lines + googleKeys },
    ]);
  const iat = Math.floor(NOW_MS / 1_000);

  test("is verified by any of Google's keys, and stale after its hour", async () => {
    expect(await judge(googleToken({ iat }))).toMatchObject({ status: "verified", reason: null });
    const late = await judge(googleToken({ iat: iat - 3_602 }));
    expect(late).toMatchObject({ status: "verified", reason: "stale" });
  });

  test.each([{ aud: "https://other.example/" }, { email: "a@b.c" }, { iss: "https://evil" }])(
    "is refused when it is for or from another: %o",
    async (claims) => {
      const verdict = await judge(googleToken({ iat, ...claims }));
      expect(verdict).toMatchObject({ status: "failed", reason: "mismatch" });
    },
  );

  test("may be for the audience that was set", async () => {
    const lines = `email=${ACCOUNT}\naud=my-audience\n`;
    const verdict = await judge(googleToken({ iat, aud: "my-audience" }), lines);
    expect(verdict.status).toBe("verified");
  });

  test("says nothing without the account that it has to be from", async () => {
    expect((await judge(googleToken({ iat }), "")).reason).toBe("bad_secret");
  });
});

describe("a token", () => {
  const judge = (token: string, value: string) => {
    const sent: Sent = { headers: [["X-FusionAuth-Signature-JWT", token]], body: "{}" };
    return verify(toRequest(sent, NOW_MS), "fusionauth", [
      { id: "s1", provider: "fusionauth", value },
    ]);
  };
  const claims = {
    iat: Math.floor(NOW_MS / 1_000),
    request_body_sha256: "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=",
  };

  test("whose HMAC is made with the public key as text is refused", async () => {
    expect((await judge(hs256(claims, "k"), "k")).status).toBe("verified");
    expect((await judge(hs256(claims, publicPem), publicPem)).status).toBe("failed");
  });

  test("that names no algorithm, or another, is refused", async () => {
    for (const head of [{ alg: "none" }, { alg: "HS512" }, {}, [], null]) {
      const verdict = await judge(hs256(claims, "k", head), "k");
      expect(verdict).toMatchObject({ status: "failed", reason: "malformed" });
    }
  });
});

test("a time that nobody looks at may be left out, and is told where it is there", async () => {
  const judge = (provider: string, headers: Sent["headers"]) =>
    verify(toRequest({ headers, body: "{}" }, NOW_MS), provider, [
      { id: "s1", provider, value: "k" },
    ]);
  const claims = { request_body_sha256: "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=" };
  const genuine = { status: "verified", reason: null };
  const token = hs256(claims, "k");
  expect(await judge("fusionauth", [["X-FusionAuth-Signature-JWT", token]])).toMatchObject(genuine);
  const bearer = (claims: object, key = "k"): Sent["headers"] => [
    ["Authorization", `Bearer ${hs256(claims, key)}`],
  ];
  expect(await judge("jira", bearer({ iss: "x" }))).toMatchObject(genuine);
  const iat = Math.floor(NOW_MS / 1_000) - 60;
  expect(await judge("jira", bearer({ iat }))).toMatchObject({
    ...genuine,
    scheme: "jira-jwt",
    timestampAgeSeconds: 60 + (NOW_MS % 1_000) / 1_000,
  });
  expect(await judge("jira", bearer({ iat }, "other"))).toMatchObject({ reason: "mismatch" });
  const sentry = mac("sha256", "k", "{}", "hex");
  expect(await judge("sentry", [["Sentry-Hook-Signature", sentry]])).toMatchObject(genuine);
});

test("each scheme that only code can say, or a key, has a signer here", () => {
  const known = new Set(codeSigners.map(({ scheme }) => scheme));
  const here = providers.flatMap(({ signing = [] }) =>
    signing
      .filter(({ proof, message, bodyDigest }) => {
        const isHex = proof.kind === "hmac" && proof.key === "hex";
        return proof.kind === "public-key" || isHex || "canonical" in message || bodyDigest;
      })
      .map(({ id }) => id),
  );
  // Held elsewhere: by the SDKs' own signers, by data's signers, or by the twin with other header names.
  const elsewhere = ["google-pubsub-jwt", "coinbase-cdp-v1", "svix-v1a"];
  expect([...new Set(here)].filter((id) => !known.has(id)).sort()).toEqual(elsewhere.sort());
});

test("what came when its certificate did not hold has failed, though the bytes match", async () => {
  const signer = codeSigners.find(({ scheme }) => scheme === "paypal-rsa");
  if (!signer) throw new Error("PayPal");
  const at = (day: string) => check(signer, toRequest(signer.send(NOW_MS), Date.parse(day)));
  expect((await at("2049-12-30")).status).toBe("verified");
  for (const day of ["1999-12-31", "2050-01-01"]) {
    expect(await at(day)).toMatchObject({ status: "failed", reason: "expired" });
  }
  const late = toRequest(signer.send(NOW_MS), Date.parse("2050-01-01"));
  const { findings } = await diagnose(late, signer.provider, [secretOf(signer)]);
  expect(findings[0]?.title).toContain("holds from 2000-01-01 to 2049-12-31 only");
});

test("a second payload beside Braintree's is nobody's: a program may read either", async () => {
  const signer = codeSigners.find(({ provider }) => provider === "braintree");
  if (!signer) throw new Error("Braintree is gone");
  const request = sent(signer);
  const body = Buffer.concat([request.body, Buffer.from("&bt_payload=ZXZpbA%3D%3D")]);
  expect(await check(signer, { ...request, body })).toMatchObject({
    status: "failed",
    reason: "incomplete",
  });
});
