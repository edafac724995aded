import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { explain } from "#lib/signatures/explain.ts";
import { sign } from "#lib/signatures/sign.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import { verify } from "#lib/signatures/verify.ts";

type Vector = {
  provider: string;
  secret: string;
  headers: HeaderPair[];
  body: string;
  receivedAtMs?: number;
};

/** As the providers publish them. */
const vectors: Vector[] = [
  {
    // docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
    provider: "github",
    secret: "It's a Secret to Everybody",
    headers: [
      [
        "X-Hub-Signature-256",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
      ],
    ],
    body: "Hello, World!",
  },
  {
    // The tests of the standardwebhooks library.
    provider: "standard-webhooks",
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    headers: [
      ["webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"],
      ["webhook-timestamp", "1614265330"],
      ["webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
    ],
    body: '{"test": 2432232314}',
    receivedAtMs: 1_614_265_331_000,
  },
];

const toRequest = ({ headers, body, receivedAtMs = 0 }: Vector): SignedRequest => ({
  method: "POST",
  url: "https://hooks.example/in/a",
  headers,
  body: Buffer.from(body),
  isBodyWhole: true,
  receivedAtMs,
});

const named = vectors.map((vector) => [vector.provider, vector] as const);
const secretOf = ({ provider, secret }: Vector) => ({ id: "s1", provider, value: secret });

test.each(named)("the published signature of %s is verified", async (provider, vector) => {
  const verdict = await verify(toRequest(vector), provider, [secretOf(vector)]);
  expect(verdict).toMatchObject({ status: "verified", reason: null, secretId: "s1" });
});

test.each(named)("the published signature of %s is made again", async (provider, vector) => {
  const nowMs = Number(vector.headers.find(([name]) => name === "webhook-timestamp")?.[1]) * 1_000;
  const draft = toRequest({
    ...vector,
    headers: vector.headers.map(([name, value]) => [
      name,
      name.endsWith("ignature") ? "old" : value,
    ]),
  });
  const signed = await sign(draft, provider, secretOf(vector), { nowMs: nowMs || 0 });
  expect(signed.headers).toEqual(vector.headers);
});

test.each(named)("what %s signed is shown, and no secret", async (provider, vector) => {
  const [first] = await explain(toRequest(vector), provider, [secretOf(vector)]);
  const message = first?.claims[0]?.messages[0];
  expect(vector.headers.at(-1)?.[1]).toContain(message?.computed);
  expect(Buffer.from(message?.bytes ?? []).toString()).toContain(vector.body);
  expect(JSON.stringify(first)).not.toContain(vector.secret);
});
