import { createHash } from "node:crypto";
import { newRequestId } from "#lib/capture/request-id.ts";
import type { Draft } from "#lib/contract/draft.ts";
import { UNCHECKED } from "#lib/contract/requests.ts";

const EVENTS = ["charge.succeeded", "charge.failed", "invoice.paid", "customer.updated"];
const WORDS =
  "alpha bravo cargo delta ember fjord gamma harbor island jacket kettle ladder marble nectar orchid pepper quartz ribbon saddle timber".split(
    " ",
  );

/** Numbers that are the same in each run (a linear congruential generator, Numerical Recipes' constants). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** The body of a payment event as it is usual: some fields, and lines with ids, words and amounts up to `bytes`. */
function eventBody(place: number, bytes: number): { event: string; body: Buffer } {
  const random = randomFrom(place * 7919 + 1);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  const id = (prefix: string) => `${prefix}_${Math.floor(random() * 2 ** 52).toString(36)}${place}`;
  const event = EVENTS[Math.floor(random() * EVENTS.length)] ?? "";
  const lines: unknown[] = [];
  const object = {
    id: id("ch"),
    amount: Math.floor(random() * 100_000),
    currency: random() < 0.9 ? "usd" : "eur",
    customer: { id: id("cus"), email: `${word()}.${word()}@example.com` },
    paid: random() < 0.8,
    place,
    lines,
  };
  const whole = {
    id: id("evt"),
    object: "event",
    type: event,
    created: 1_795_000_000 + place,
    data: { object },
  };
  for (let size = JSON.stringify(whole).length; size < bytes - 130; ) {
    const line = {
      id: id("il"),
      description: `${word()} ${word()} ${word()}`,
      quantity: Math.floor(random() * 20),
      unit_amount: Math.floor(random() * 10_000),
      taxed: random() < 0.5,
    };
    lines.push(line);
    size += JSON.stringify(line).length + 1;
  }
  return { event, body: Buffer.from(JSON.stringify(whole)) };
}

/** The `place`th captured request of a bin, with a body of about `bodyBytes`. */
export function eventDraft(binId: string, place: number, bodyBytes: number): Draft {
  const { event, body } = eventBody(place, bodyBytes);
  return {
    id: newRequestId(),
    binId,
    receivedAtUs: Date.now() * 1000,
    method: "POST",
    target: `/webhooks/${place % 7}?attempt=${place % 3}`,
    targetPrefix: `/in/${binId}`,
    origin: "http://localhost:3000",
    httpVersion: "1.1",
    headers: [
      ["Host", "localhost:3000"],
      ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
      ["Content-Type", "application/json; charset=utf-8"],
      [
        "Stripe-Signature",
        `t=${1_795_000_000 + place},v1=${createHash("sha256").update(body).digest("hex")}`,
      ],
      ["Content-Length", String(body.length)],
      ["Accept", "*/*; q=0.5, application/xml"],
      ["Cache-Control", "no-cache"],
    ],
    trailers: [],
    contentType: "application/json; charset=utf-8",
    body,
    largeBody: null,
    bodySize: body.length,
    bodyDeclaredSize: body.length,
    bodyTruncated: false,
    bodyIncomplete: false,
    bodySha256: createHash("sha256").update(body).digest(),
    remoteAddress: "203.0.113.9",
    signature: UNCHECKED,
    refused: false,
    cookieRedacted: false,
    provider: {
      id: "stripe",
      event,
      deliveryId: `evt_${place}`,
      attempt: null,
      eventId: `evt_${place}`,
      account: null,
      mode: "live",
      occurredAtUs: null,
    },
    threadKey: null,
    response: { status: place % 50 === 0 ? 500 : 200, headers: [], bodySize: 0 },
    imported: null,
    providerChosen: false,
    headMs: 0.1,
    bodyMs: 0.1,
    handshake: null,
  };
}
