import { expect, test } from "vitest";
import { diagnose } from "#lib/signatures/doctor/diagnose.ts";
import { type CodeSigner, toRequest } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";

const NOW_MS = 1_760_000_000_123;

const secretsOf = ({ provider, secret }: CodeSigner, value = secret) => [
  { id: "s1", provider, value },
];
const named = codeSigners.map((each, at) => [`${each.scheme} (${at})`, each] as const);
/** Of these the bytes around what is signed may change. */
const overBody = named.filter(
  ([, { provider }]) => !/twilio|mandrill|braintree|sns/.test(provider),
);

test.each(named)("%s: nothing is wrong with what its sender signed", async (_, signer) => {
  const request = toRequest(signer.send(NOW_MS), NOW_MS);
  expect((await diagnose(request, signer.provider, secretsOf(signer))).findings).toEqual([]);
});

test.each(overBody.filter(([, { scheme }]) => !/adyen-items/.test(scheme)))(
  "%s: a line feed that was added is named, by the hash of the body too",
  async (_, signer) => {
    const request = toRequest(signer.send(NOW_MS), NOW_MS);
    const body = Buffer.concat([request.body, Buffer.from("\n")]);
    const { findings } = await diagnose({ ...request, body }, signer.provider, secretsOf(signer));
    expect(findings.map(({ code }) => code)).toEqual(["newline_added"]);
  },
);

test("a body that is not the one whose hash was signed is no matter of the secret's prefix or of parts left out", async () => {
  const signer = codeSigners.find(({ scheme }) => scheme === "twilio-body-hash");
  if (!signer) throw new Error("twilio");
  const request = toRequest(signer.send(NOW_MS), NOW_MS);
  const changed = { ...request, body: Buffer.from("something else") };
  const { findings } = await diagnose(changed, "twilio", secretsOf(signer));
  expect(findings.map(({ code }) => code)).toEqual(["no_match"]);
});
