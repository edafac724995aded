import type { HeaderPair } from "../../contract/headers.ts";
import type { Fresh } from "../fresh.ts";
import { asJson, type Sample } from "../sample.ts";

const stripeHead: HeaderPair[] = [
  ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
  ["Accept", "*/*; q=0.5, application/xml"],
  ["Cache-Control", "no-cache"],
  ["Content-Type", "application/json; charset=utf-8"],
];

/** docs.stripe.com/api/events/object */
const stripeEvent = (fresh: Fresh, type: string, object: object) => ({
  ...asJson(stripeHead, null),
  // Stripe prints its events.
  body: JSON.stringify(
    {
      id: fresh.id("evt_1", 23),
      object: "event",
      api_version: "2025-10-29.clover",
      created: fresh.seconds(-1_000),
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: fresh.id("req_", 14), idempotency_key: fresh.uuid() },
      type,
    },
    null,
    2,
  ),
});

const stripe: Sample[] = [
  {
    provider: "stripe",
    event: "payment_intent.succeeded",
    about: "A payment went through",
    make: (fresh) => {
      const amount = fresh.number(500, 25_000);
      return stripeEvent(fresh, "payment_intent.succeeded", {
        id: fresh.id("pi_3", 23),
        object: "payment_intent",
        amount,
        amount_capturable: 0,
        amount_received: amount,
        automatic_payment_methods: { allow_redirects: "always", enabled: true },
        capture_method: "automatic_async",
        client_secret: null,
        confirmation_method: "automatic",
        created: fresh.seconds(-4_000),
        currency: "eur",
        customer: fresh.id("cus_", 14),
        description: "Order 10023",
        latest_charge: fresh.id("ch_3", 23),
        livemode: false,
        metadata: { order_id: "10023" },
        payment_method: fresh.id("pm_1", 23),
        payment_method_types: ["card"],
        receipt_email: "ada@example.com",
        status: "succeeded",
      });
    },
  },
  {
    provider: "stripe",
    event: "charge.refunded",
    about: "A payment was given back in part",
    make: (fresh) => {
      const amount = fresh.number(5_000, 25_000);
      return stripeEvent(fresh, "charge.refunded", {
        id: fresh.id("ch_3", 23),
        object: "charge",
        amount,
        amount_captured: amount,
        amount_refunded: 1_500,
        captured: true,
        created: fresh.seconds(-86_400_000),
        currency: "eur",
        customer: fresh.id("cus_", 14),
        disputed: false,
        livemode: false,
        metadata: { order_id: "10023" },
        paid: true,
        payment_intent: fresh.id("pi_3", 23),
        payment_method_details: {
          card: { brand: "visa", country: "DE", exp_month: 8, exp_year: 2029, last4: "4242" },
          type: "card",
        },
        refunded: false,
        status: "succeeded",
      });
    },
  },
  {
    provider: "stripe",
    event: "customer.subscription.created",
    about: "Somebody subscribed",
    make: (fresh) => {
      const [id, start] = [fresh.id("sub_1", 23), fresh.seconds(-2_000)];
      const end = fresh.seconds(30 * 86_400_000);
      return stripeEvent(fresh, "customer.subscription.created", {
        id,
        object: "subscription",
        billing_cycle_anchor: start,
        cancel_at_period_end: false,
        collection_method: "charge_automatically",
        created: start,
        currency: "eur",
        customer: fresh.id("cus_", 14),
        items: {
          object: "list",
          data: [
            {
              id: fresh.id("si_", 14),
              object: "subscription_item",
              current_period_end: end,
              current_period_start: start,
              price: {
                id: fresh.id("price_1", 23),
                object: "price",
                currency: "eur",
                product: fresh.id("prod_", 14),
                recurring: { interval: "month", interval_count: 1 },
                unit_amount: 1_900,
              },
              quantity: 1,
              subscription: id,
            },
          ],
          has_more: false,
          total_count: 1,
        },
        latest_invoice: fresh.id("in_1", 23),
        livemode: false,
        metadata: {},
        status: "active",
      });
    },
  },
];

/** developer.squareup.com/reference/square/payments-api/webhooks */
const square: Sample = {
  provider: "square",
  event: "payment.updated",
  about: "A payment in a shop was completed",
  make: (fresh) => {
    const [payment, merchant] = [fresh.id("", 25), fresh.upper("ML", 11)];
    const amount = { amount: fresh.number(300, 9_000), currency: "USD" };
    return asJson(
      [
        ["User-Agent", "Square Connect v2"],
        ["square-environment", "Sandbox"],
        ["square-initial-delivery-timestamp", fresh.iso()],
      ],
      {
        merchant_id: merchant,
        type: "payment.updated",
        event_id: fresh.uuid(),
        created_at: fresh.iso(-900),
        data: {
          type: "payment",
          id: payment,
          object: {
            payment: {
              id: payment,
              amount_money: amount,
              approved_money: amount,
              total_money: amount,
              card_details: {
                card: { card_brand: "MASTERCARD", exp_month: 11, exp_year: 2028, last_4: "9029" },
                entry_method: "KEYED",
                status: "CAPTURED",
              },
              created_at: fresh.iso(-3_000),
              location_id: fresh.upper("L", 12),
              order_id: fresh.id("", 25),
              source_type: "CARD",
              status: "COMPLETED",
              updated_at: fresh.iso(-900),
              version: 3,
            },
          },
        },
      },
    );
  },
};

const paddleHead: HeaderPair[] = [["User-Agent", "Paddle"]];

/** developer.paddle.com/webhooks */
const paddleEvent = (fresh: Fresh, event_type: string, data: object) =>
  asJson(paddleHead, {
    event_id: fresh.id("evt_01", 24).toLowerCase(),
    event_type,
    occurred_at: fresh.iso(-1_200),
    notification_id: fresh.id("ntf_01", 24).toLowerCase(),
    data,
  });

const paddle: Sample[] = [
  {
    provider: "paddle",
    event: "transaction.completed",
    about: "A purchase was paid and settled",
    make: (fresh) =>
      paddleEvent(fresh, "transaction.completed", {
        id: fresh.id("txn_01", 24).toLowerCase(),
        status: "completed",
        customer_id: fresh.id("ctm_01", 24).toLowerCase(),
        currency_code: "EUR",
        origin: "web",
        collection_mode: "automatic",
        created_at: fresh.iso(-20_000),
        billed_at: fresh.iso(-2_000),
        items: [{ price_id: fresh.id("pri_01", 24).toLowerCase(), quantity: 1 }],
        details: { totals: { subtotal: "2437", tax: "463", total: "2900", currency_code: "EUR" } },
        custom_data: { order_id: "10023" },
      }),
  },
  {
    provider: "paddle",
    event: "subscription.created",
    about: "Somebody subscribed",
    make: (fresh) =>
      paddleEvent(fresh, "subscription.created", {
        id: fresh.id("sub_01", 24).toLowerCase(),
        status: "active",
        customer_id: fresh.id("ctm_01", 24).toLowerCase(),
        transaction_id: fresh.id("txn_01", 24).toLowerCase(),
        currency_code: "EUR",
        started_at: fresh.iso(-2_000),
        next_billed_at: fresh.iso(30 * 86_400_000),
        billing_cycle: { interval: "month", frequency: 1 },
        items: [{ status: "active", quantity: 1, recurring: true }],
      }),
  },
];

/** docs.lemonsqueezy.com/help/webhooks/example-payloads */
const lemonSqueezy: Sample = {
  provider: "lemon-squeezy",
  event: "order_created",
  about: "An order was placed",
  make: (fresh) => {
    const id = fresh.digits(7);
    return asJson([["X-Event-Name", "order_created"]], {
      meta: { event_name: "order_created", test_mode: true, webhook_id: fresh.uuid() },
      data: {
        type: "orders",
        id,
        attributes: {
          store_id: Number(fresh.digits(5)),
          customer_id: Number(fresh.digits(7)),
          identifier: fresh.uuid(),
          order_number: fresh.number(100, 9_999),
          user_name: "Ada Lovelace",
          user_email: "ada@example.com",
          currency: "USD",
          subtotal: 2_900,
          tax: 551,
          total: 3_451,
          status: "paid",
          created_at: fresh.iso(-1_500),
          updated_at: fresh.iso(-1_000),
        },
      },
    });
  },
};

export const payments: readonly Sample[] = [...stripe, square, ...paddle, lemonSqueezy];
