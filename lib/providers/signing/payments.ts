import type { Scheme } from "../scheme.ts";

/** docs.stripe.com/webhooks#verify-manually; the tolerance is its libraries'. */
export const stripe: Scheme[] = [
  {
    id: "stripe-v1",
    proof: { kind: "hmac", hash: "SHA-256", key: "text" },
    message: ["{time}.{body}"],
    signature: { at: ["header:Stripe-Signature"], encoding: "hex", separator: ",", prefix: "v1=" },
    time: { at: ["item:t="], unit: "s", toleranceSeconds: 300, side: "old" },
    secret: {
      label: "Signing secret",
      where: "Workbench > Webhooks > the endpoint > Signing secret",
      sensitivity: "webhook",
      pattern: /^whsec_/,
    },
  },
];
