import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { providers } from "#lib/providers/providers.ts";
import { signingByProvider } from "#lib/providers/signing/by-provider.ts";
import type { Scheme } from "#lib/providers/scheme.ts";
import { explain } from "#lib/signatures/explain.ts";
import { sign } from "#lib/signatures/sign.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import { verify } from "#lib/signatures/verify.ts";
import { type Signer, signers, URL_SIGNED } from "#tests/fixtures/signers.ts";

const NOW_MS = 1_760_000_000_123;
const BODY = '{"name": "Zoë",  "n": 1.0}\n';

type Spoiled = { body?: string; ageSeconds?: number; alter?: (signature: string) => string };

/** What the sender sends, `ageSeconds` before it arrives. */
function send(
  signer: Signer,
  secret: string,
  { body = BODY, ageSeconds = 0, alter = (s) => s }: Spoiled = {},
): SignedRequest {
  const signing = { key: secret, body, nowMs: NOW_MS - ageSeconds * 1_000, alter };
  const sent = signer.body?.(signing) ?? body;
  return {
    method: "POST",
    url: URL_SIGNED,
    headers: [["Content-Type", "application/json"], ...(signer.headers?.(signing) ?? [])],
    body: Buffer.from(sent),
    isBodyWhole: true,
    receivedAtMs: NOW_MS,
  };
}

const secretOf = ({ provider, secret = "s3cret/Ünïcode" }: Signer) => ({
  id: "right",
  provider,
  value: secret,
});

/** Another that could be one of the same kind. */
function wrongSecretOf(signer: Signer) {
  const { value } = secretOf(signer);
  const prefix = /^whsec_|^hook:/.exec(value)?.[0] ?? "";
  return { id: "wrong", provider: signer.provider, value: `${prefix}QUJDREVGR0hJSktMTU5PUA==` };
}

const check = (signer: Signer, request: SignedRequest) =>
  verify(request, signer.provider, [secretOf(signer)]);

/** Another character of the same alphabet, where every bit of it counts. */
const flip = (signature: string) =>
  signature.slice(0, 3) + (signature[3] === "a" ? "b" : "a") + signature.slice(4);

const named = signers.map((each) => [`${each.provider}: ${each.scheme}`, each] as const);
const inHeader = named.filter(([, { headers }]) => headers !== undefined);
const overBody = inHeader.filter(([, { isToken, body }]) => !isToken && !body);
const withWindow = named.filter(([, { tolerance }]) => tolerance !== undefined);

describe("verify", () => {
  test.each(named)("%s: what its sender signed is verified", async (_, signer) => {
    const request = send(signer, secretOf(signer).value);
    expect(await check(signer, request)).toMatchObject({
      status: "verified",
      reason: null,
      scheme: signer.scheme,
      secretId: "right",
    });
  });

  test.each(overBody)("%s: one other byte in the body is a mismatch", async (_, signer) => {
    const request = send(signer, secretOf(signer).value);
    const body = Buffer.from(BODY.replace("Zoë", "Zoé"));
    expect(await check(signer, { ...request, body })).toMatchObject({
      status: "failed",
      reason: "mismatch",
    });
  });

  test.each(named)("%s: one other character in the signature is a mismatch", async (_, signer) => {
    const request = send(signer, secretOf(signer).value, { alter: flip });
    expect(await check(signer, request)).toMatchObject({ status: "failed", reason: "mismatch" });
  });

  test.each(named)("%s: another secret is a mismatch", async (_, signer) => {
    const request = send(signer, secretOf(signer).value);
    expect(await verify(request, signer.provider, [wrongSecretOf(signer)])).toMatchObject({
      status: "failed",
      reason: "mismatch",
      secretId: "wrong",
    });
  });

  test.each(named)("%s: without a signature it is missing", async (_, signer) => {
    const bare = { ...send(signer, "x"), headers: [], body: Buffer.from("{}") };
    expect(await check(signer, bare)).toMatchObject({ status: "failed", reason: "missing" });
  });

  test.each(named.filter(([, { isToken }]) => !isToken))(
    "%s: a signature that is none is malformed",
    async (_, signer) => {
      for (const garbage of ["zzz", "é", "0".repeat(300)]) {
        const request = send(signer, secretOf(signer).value, { alter: () => garbage });
        expect(await check(signer, request)).toMatchObject({
          status: "failed",
          reason: "malformed",
        });
      }
    },
  );

  test.each(withWindow)("%s: a late one is verified and stale", async (_, signer) => {
    const { tolerance = 0, isBothSides = false } = signer;
    const late = send(signer, secretOf(signer).value, { ageSeconds: tolerance + 2 });
    expect(await check(signer, late)).toMatchObject({ status: "verified", reason: "stale" });
    const inTime = send(signer, secretOf(signer).value, { ageSeconds: tolerance - 2 });
    expect((await check(signer, inTime)).reason).toBeNull();
    const early = send(signer, secretOf(signer).value, { ageSeconds: -tolerance - 60 });
    expect(await check(signer, early)).toMatchObject({
      status: "verified",
      reason: isBothSides ? "stale" : null,
    });
  });

  test.each(named)("%s: with two secrets the one that fits counts", async (_, signer) => {
    const request = send(signer, secretOf(signer).value);
    const secrets = [wrongSecretOf(signer), secretOf(signer)];
    expect(await verify(request, signer.provider, secrets)).toMatchObject({
      status: "verified",
      secretId: "right",
    });
  });
});

describe("sign", () => {
  test.each(named)("%s: what is signed again is verified", async (_, signer) => {
    const old = send(signer, secretOf(signer).value, { ageSeconds: 86_400, alter: flip });
    const signed = await sign(old, signer.provider, secretOf(signer), { nowMs: NOW_MS });
    const request = { ...old, headers: signed.headers, body: signed.body };
    expect(await check(signer, request)).toMatchObject({ status: "verified", reason: null });
  });

  test.each(inHeader)("%s: what it does not own keeps its place", async (_, signer) => {
    const request = send(signer, secretOf(signer).value);
    const around: HeaderPair[] = [
      ["X-B", "2"],
      ["x-a", "1"],
      ["X-B", "3"],
      ["x-b", ""],
    ];
    const headers = [...around.slice(0, 2), ...request.headers, ...around.slice(2)];
    const draft = { ...request, headers };
    const signed = await sign(draft, signer.provider, secretOf(signer), { nowMs: NOW_MS });
    expect(signed.headers.filter(([name]) => /^x-[ab]$/i.test(name))).toEqual(around);
    expect(signed.headers.map(([name]) => name)).toEqual(headers.map(([name]) => name));
  });

  test.each(inHeader)("%s: a request that was not signed gets a signature", async (_, signer) => {
    const body = signer.body?.({ key: "", body: "", nowMs: 0, alter: (s) => s }) ?? BODY;
    const draft = { method: "POST", url: URL_SIGNED, headers: [], body: Buffer.from(body) };
    const signed = await sign(draft, signer.provider, secretOf(signer), { nowMs: NOW_MS });
    const request = { ...draft, ...signed, isBodyWhole: true, receivedAtMs: NOW_MS };
    expect(await check(signer, request)).toMatchObject({ status: "verified", reason: null });
  });
});

describe("explain", () => {
  test.each(named)("%s: the secret is nowhere in it", async (_, signer) => {
    const request = send(signer, secretOf(signer).value, { alter: flip });
    const explained = await explain(request, signer.provider, [secretOf(signer)]);
    expect(explained.find(({ scheme }) => scheme === signer.scheme)?.verdict.reason).toBe(
      "mismatch",
    );
    const withoutRequest = explained.map(({ claims, ...rest }) => ({
      ...rest,
      claims: claims.map(({ messages }) =>
        messages.map(({ parts, computed }) => [
          computed,
          parts
            .filter(({ from }) => from !== "body")
            .map(({ bytes }) => Buffer.from(bytes).toString()),
        ]),
      ),
    }));
    expect(JSON.stringify(withoutRequest)).not.toContain(secretOf(signer).value);
  });
});

/** The others, and keys in hex, are in signatures-by-code.test.ts. */
const isByData = ({ proof, message, bodyDigest, signature }: Scheme): boolean =>
  (proof.kind !== "hmac" || proof.key !== "hex") &&
  proof.kind !== "public-key" &&
  !("canonical" in message) &&
  !signature.jws &&
  !bodyDigest;

test("each scheme that data says has a signer here", () => {
  const byData = providers.flatMap(({ id, signing = [] }) =>
    signing.filter(isByData).map((scheme) => `${id}: ${scheme.id}`),
  );
  const signed = new Set<string>(named.map(([name]) => name));
  expect(byData.filter((name) => !signed.has(name))).toEqual([]);
});

test("who signs is a provider that is known", () => {
  const known = new Set(providers.map(({ id }) => id));
  expect(Object.keys(signingByProvider).filter((id) => !known.has(id))).toEqual([]);
});
