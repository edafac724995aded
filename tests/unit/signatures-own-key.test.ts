import { createPublicKey, verify as verifyByNode } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PublicKeyAlgorithm } from "#lib/providers/scheme.ts";
import { canSign, ownKeyScheme } from "#lib/signatures/can-sign.ts";
import { isPrivateKey, makePrivateKey, publicHalf } from "#lib/signatures/private-key.ts";
import { resigningOf } from "#lib/signatures/resigning.ts";
import { sign } from "#lib/signatures/sign.ts";
import { verify } from "#lib/signatures/verify.ts";
import { toRequest } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";

const NOW_MS = 1_760_000_000_123;
const DAY_MS = 24 * 3_600_000;

const own = codeSigners.flatMap((signer) => {
  const scheme = ownKeyScheme(signer.provider);
  return scheme?.proof.kind === "public-key" && scheme.id === signer.scheme
    ? [{ signer, name: signer.scheme, algorithm: scheme.proof.algorithm }]
    : [];
});

describe("a key of the bin's own", () => {
  test("there are senders of each algorithm to try it with", () => {
    const algorithms = new Set(own.map(({ algorithm }) => algorithm));
    expect([...algorithms].sort()).toEqual(["ECDSA", "Ed25519", "RSA SHA-256"]);
  });

  test.each(own)("signs $name again, and its public half accepts that alone", async (each) => {
    const { signer, algorithm } = each;
    const value = await makePrivateKey(algorithm);
    const secret = { id: "own", provider: signer.provider, value };
    expect(canSign(secret)).toBe(true);
    const old = toRequest(signer.send(NOW_MS - DAY_MS), NOW_MS);
    const signed = await sign(old, signer.provider, secret, { nowMs: NOW_MS });
    const half = (await publicHalf(value, algorithm)) ?? "";
    const check = (change: object) =>
      verify({ ...old, ...signed, ...change }, signer.provider, [{ ...secret, value: half }]);
    expect(await check({})).toMatchObject({ status: "verified", reason: null });
    const spoilt = Buffer.from(Buffer.from(signed.body).toString().replace("Zoë", "Zoé"));
    expect(await check({ body: spoilt })).toMatchObject({ status: "failed" });
    expect(await check({ headers: old.headers, body: old.body })).toMatchObject({
      status: "failed",
    });
  });

  test("what it signs by ECDSA is accepted by node:crypto", async () => {
    const value = await makePrivateKey("ECDSA");
    const secret = { id: "own", provider: "sendgrid", value };
    const body = Buffer.from('[{"event":"open"}]');
    const draft = { method: "POST", url: "https://h/", headers: [], body };
    const { headers } = await sign(draft, "sendgrid", secret, { nowMs: NOW_MS });
    const given = (name: string) => headers.find(([each]) => each.endsWith(name))?.[1] ?? "";
    const der = Buffer.from((await publicHalf(value, "ECDSA")) ?? "", "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    const message = Buffer.concat([Buffer.from(given("Timestamp")), body]);
    const signature = Buffer.from(given("Signature"), "base64");
    expect(verifyByNode("sha256", message, key, signature)).toBe(true);
  });

  test("is of its algorithm, and nothing else is one", async () => {
    const value = await makePrivateKey("Ed25519");
    const others: PublicKeyAlgorithm[] = ["ECDSA", "RSA SHA-1", "RSA SHA-256"];
    for (const other of others) expect(await publicHalf(value, other)).toBeNull();
    expect(isPrivateKey(`\n${value}\n`)).toBe(true);
    expect(isPrivateKey(value.replaceAll("PRIVATE", "PUBLIC"))).toBe(false);
    expect(canSign({ id: "own", provider: "stripe", value })).toBe(false);
    expect(ownKeyScheme("stripe")).toBeUndefined();
    expect(resigningOf("discord", false)).toBeNull();
    expect(resigningOf("discord", true)).toMatchObject({ hasFreshTime: true });
  });
});
