import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { verify } from "#lib/signatures/verify.ts";

type Vector = {
  name: string;
  provider: string;
  secret: string;
  url?: string;
  headers: HeaderPair[];
  body: string;
};

const FORM: HeaderPair = ["Content-Type", "application/x-www-form-urlencoded"];
const TWILIO_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

/** As the providers publish them. */
const vectors: Vector[] = [
  {
    // twilio-node, spec/validation.spec.js
    name: "a form",
    provider: "twilio",
    secret: "12345",
    url: TWILIO_URL,
    headers: [FORM, ["X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8="]],
    body: "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309",
  },
  {
    name: "a body by its hash",
    provider: "twilio",
    secret: "12345",
    url: `${TWILIO_URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
    headers: [["X-Twilio-Signature", "a9nBmqA0ju/hNViExpshrM61xv4="]],
    body: '{"property": "value", "boolean": true}',
  },
  {
    // adyen-node-api-library, src/__tests__/hmacValidator.spec.ts
    name: "an item",
    provider: "adyen",
    secret: "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00",
    headers: [],
    body: JSON.stringify({
      notificationItems: [
        {
          NotificationRequestItem: {
            pspReference: "pspReference",
            originalReference: "originalReference",
            merchantAccountCode: "merchantAccount",
            merchantReference: "reference",
            amount: { currency: "EUR", value: 1000 },
            eventCode: "REPORT_AVAILABLE",
            success: "true",
            additionalData: { hmacSignature: "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE=" },
          },
        },
      ],
    }),
  },
  {
    // sendgrid-nodejs, packages/eventwebhook/src/eventwebhook.spec.js
    name: "a batch",
    provider: "sendgrid",
    secret:
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
    headers: [
      [
        "X-Twilio-Email-Event-Webhook-Signature",
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
      ],
      ["X-Twilio-Email-Event-Webhook-Timestamp", "1600112502"],
    ],
    body: `${JSON.stringify([
      {
        email: "hello@world.com",
        event: "dropped",
        reason: "Bounced Address",
        sg_event_id: "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
        sg_message_id: "LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
        "smtp-id": "<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>",
        timestamp: 1600112492,
      },
    ])}\r\n`,
  },
];

const named = vectors.map((vector) => [vector.provider, vector.name, vector] as const);

test.each(named)(
  "the published signature of %s over %s is verified",
  async (provider, _, vector) => {
    const { url = TWILIO_URL, headers, body, secret: value } = vector;
    const request = { method: "POST", url, headers, isBodyWhole: true, receivedAtMs: 0 };
    const secrets = [{ id: "s1", provider, value }];
    const verdict = await verify({ ...request, body: Buffer.from(body) }, provider, secrets);
    expect(verdict).toMatchObject({ status: "verified", reason: null });
    const other = await verify(
      { ...request, body: Buffer.from(body.replace("e", "E")) },
      provider,
      secrets,
    );
    expect(other.status).toBe("failed");
  },
);
