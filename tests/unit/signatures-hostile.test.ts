import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { providers } from "#lib/providers/providers.ts";
import { explain } from "#lib/signatures/explain.ts";
import { sign } from "#lib/signatures/sign.ts";
import { SignError } from "#lib/signatures/sign-error.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import { reasons } from "#lib/signatures/verdict.ts";
import { verify } from "#lib/signatures/verify.ts";

const signing = providers.filter((provider) => provider.signing);

/** Values that broke somebody's parser once. */
const values: [string, string][] = [
  ["nothing", ""],
  ["a megabyte", "v1=".repeat(350_000)],
  ["separators only", ",;, ".repeat(5_000)],
  ["prototype names", "__proto__=1,constructor=2,t=toString,v1=hasOwnProperty"],
  ["what is no latin1", "t=1,v1=\u{1f512}\ud800é"],
  ["NUL and controls", "t=\0,v1=\0\r\n\t"],
  ["no number", "t=NaN,v1=NaN"],
  ["endless numbers", `t=${"9".repeat(5_000)},v1=1`],
  ["negative times", "t=-62135596800000,v1=1"],
  ["no base64", "v1,==== v1,-_-_ v1,A"],
];

const bodies = [
  "",
  "{",
  "null",
  "[".repeat(50_000),
  '{"__proto__":{"signature":{"signature":"x"}},"value":[null,1,{"clientState":{}}]}',
  '{"signature":{"signature":{"length":1e9},"timestamp":[],"token":null}}',
  "signature=%zz&timestamp=%&token",
  "\ufeff\ud800",
];

/** The value in every header and place that a scheme reads. */
function hostile(provider: (typeof signing)[number], value: string, body: string): SignedRequest {
  const names = (provider.signing ?? []).flatMap(({ signature, time, marker }) =>
    [...signature.at, ...(time?.at ?? []), ...(marker ? [marker.at] : [])]
      .filter((at) => at.startsWith("header:"))
      .map((at) => at.slice("header:".length).replace("*", "constructor")),
  );
  const own = names.flatMap((name): HeaderPair[] => [
    [name, value],
    [name.toUpperCase(), value],
  ]);
  const headers: HeaderPair[] = [["__proto__", value], ["", value], ...own];
  return {
    method: value.slice(0, 100),
    url: `http://x/${value.slice(0, 100)}?%`,
    headers,
    body: Buffer.from(body),
    isBodyWhole: true,
    receivedAtMs: Number.NaN,
  };
}

test.each(values)(
  "%s where a signature should be: it fails, and nothing throws",
  async (_, value) => {
    for (const provider of signing) {
      const secret = { id: "s", provider: provider.id, value: "whsec_a2V5" };
      for (const body of bodies) {
        const request = hostile(provider, value, body);
        const verdict = await verify(request, provider.id, [secret]);
        expect(verdict.status).toBe("failed");
        expect(reasons).toContain(verdict.reason);
      }
      const request = hostile(provider, value, bodies[5] ?? "");
      await explain(request, provider.id, [secret]);
      const signed = await sign(request, provider.id, secret, { nowMs: 0 }).catch((error) => error);
      if (signed instanceof Error) expect(signed).toBeInstanceOf(SignError);
    }
  },
);

test("ten thousand signatures in one header: as many are looked at as anybody sends", async () => {
  const good = createHmac("sha256", "whsec_k").update("1.{}").digest("hex");
  const request = (value: string): SignedRequest => ({
    method: "POST",
    url: "http://x/",
    headers: [["Stripe-Signature", value]],
    body: Buffer.from("{}"),
    isBodyWhole: true,
    receivedAtMs: 1_000,
  });
  const secrets = [{ id: "s", provider: "stripe", value: "whsec_k" }];
  const many = `v1=${"0".repeat(64)},`.repeat(10_000);
  expect(await verify(request(`t=1,${many}v1=${good}`), "stripe", secrets)).toMatchObject({
    reason: "mismatch",
  });
  expect(await verify(request(`t=1,v1=${good},${many}`), "stripe", secrets)).toMatchObject({
    status: "verified",
  });
  const [explained] = await explain(request(`t=1,${many}`), "stripe", secrets);
  expect(explained?.claims[0]?.received.length).toBeLessThan(200);
});
