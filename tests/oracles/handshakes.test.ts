import { expect, test } from "vitest";
import { handshakeOf } from "#lib/providers/handshake.ts";
import { sdk } from "./sdk.ts";

/** The answer to a GET with this query, of a bin that keeps this secret. */
const answerTo = (query: string, provider: string, value: string) =>
  handshakeOf({
    method: "GET",
    target: `?${query}`,
    url: () => `https://hooks.example.com/in/b?${query}`,
    headers: [],
    body: null,
    secrets: [{ id: "1", provider, value }],
    verdict: { status: "unchecked", secretId: null },
    providerId: null,
    confirmSns: false,
  });

type Gateway = { webhookNotification: { verify(challenge: string): string } };
type Braintree = {
  BraintreeGateway: new (config: object) => Gateway;
  Environment: { Sandbox: unknown };
};

test("Braintree's challenge is answered as its official package does", () => {
  const braintree = sdk<Braintree>("braintree");
  const gateway = new braintree.BraintreeGateway({
    environment: braintree.Environment.Sandbox,
    merchantId: "merchant",
    publicKey: "integration_public_key",
    privateKey: "integration_private_key",
  });
  for (const challenge of ["20f9f8ed05f77439fe955c977e4c8a53", "0123456789abcdef0123"]) {
    const secret = "integration_public_key:integration_private_key";
    const answer = answerTo(`bt_challenge=${challenge}`, "braintree", secret);
    expect(answer?.body).toBe(gateway.webhookNotification.verify(challenge));
  }
});
