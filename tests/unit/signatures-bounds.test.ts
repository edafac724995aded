import { expect, test } from "vitest";
import { readForm } from "#lib/providers/read-form.ts";
import { sign } from "#lib/signatures/sign.ts";
import { verify } from "#lib/signatures/verify.ts";
import { type CodeSigner, toRequest } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";

const NOW_MS = 1_760_000_000_123;

const signerOf = (scheme: string): CodeSigner => {
  const signer = codeSigners.find((each) => each.scheme === scheme);
  if (!signer) throw new Error(scheme);
  return signer;
};

function judge(signer: CodeSigner, body: string) {
  const request = { ...toRequest(signer.send(NOW_MS), NOW_MS), body: Buffer.from(body) };
  const secret = { id: "s1", provider: signer.provider, value: signer.secret };
  return verify(request, signer.provider, [secret]);
}

type Batch = { notificationItems: object[] };

test("a batch is judged whole or not at all: a thousand signed elements say nothing of those behind them", async () => {
  const signer = signerOf("adyen-items");
  const { notificationItems } = JSON.parse(signer.send(NOW_MS).body) as Batch;
  const [item = {}] = notificationItems;
  const batch = (count: number, last: object[]) =>
    JSON.stringify({ notificationItems: [...Array.from({ length: count }, () => item), ...last] });
  expect((await judge(signer, batch(1_000, []))).status).toBe("verified");
  expect((await judge(signer, batch(1_000, [item]))).status).toBe("failed");
  const unsigned = { NotificationRequestItem: { pspReference: "P9" } };
  expect(await judge(signer, batch(1, [unsigned]))).toMatchObject({
    status: "failed",
    reason: "incomplete",
  });
});

test("a body beyond what any sender signs in its JSON is not parsed", async () => {
  const signer = signerOf("aws-sns-2");
  const { body } = signer.send(NOW_MS);
  expect((await judge(signer, body)).status).toBe("verified");
  expect((await judge(signer, body + " ".repeat(4 * 1024 * 1024))).status).toBe("failed");
});

test("a form of more fields than anybody sends is none", async () => {
  expect(readForm("a=1&".repeat(4_000) + "b=2").get("b")).toBe("2");
  expect([...readForm("a&".repeat(200_000))]).toEqual([]);
  const signer = signerOf("twilio-form");
  expect(await judge(signer, `${signer.send(NOW_MS).body}${"&a".repeat(100_000)}`)).toMatchObject({
    status: "failed",
    reason: "incomplete",
  });
});

test("a field is found by its name however that is written, among many that are not it", async () => {
  const signer = signerOf("braintree-sha1");
  const written = signer.send(NOW_MS).body.replace("bt_signature", "bt%5Fsignatur%65");
  const request = toRequest({ ...signer.send(NOW_MS), body: `a&b=%&${written}&c` }, NOW_MS);
  const secret = { id: "s1", provider: signer.provider, value: signer.secret };
  const { body } = await sign(request, signer.provider, secret, { nowMs: NOW_MS });
  const text = Buffer.from(body).toString();
  expect(text).toMatch(/^a&b=%&bt%5Fsignatur%65=public%7C[0-9a-f]{40}&bt_payload=.*&c$/);
  expect((await judge(signer, text)).status).toBe("verified");
});
