import type { HeaderPair } from "../../contract/headers.ts";
import type { Fresh } from "../fresh.ts";
import { asJson, type Sample } from "../sample.ts";

/** shopify.dev/docs/apps/build/webhooks/delivery-structure */
const shopifyHead = (fresh: Fresh, topic: string): HeaderPair[] => [
  ["User-Agent", "Shopify-Captain-Hook"],
  ["Accept", "*/*"],
  ["Content-Type", "application/json"],
  ["X-Shopify-Topic", topic],
  ["X-Shopify-Shop-Domain", "acme.myshopify.com"],
  ["X-Shopify-API-Version", "2026-10"],
  ["X-Shopify-Webhook-Id", fresh.uuid()],
  ["X-Shopify-Event-Id", fresh.uuid()],
  ["X-Shopify-Triggered-At", fresh.iso(-700)],
  ["X-Shopify-Test", "true"],
];

const shopify: Sample[] = [
  {
    provider: "shopify",
    event: "orders/create",
    about: "An order was placed",
    make: (fresh) => {
      const number = fresh.number(1_001, 9_999);
      return asJson(shopifyHead(fresh, "orders/create"), {
        id: Number(fresh.digits(13)),
        admin_graphql_api_id: `gid://shopify/Order/${fresh.digits(13)}`,
        name: `#${number}`,
        order_number: number,
        created_at: fresh.isoSeconds(-900),
        currency: "EUR",
        email: "ada@example.com",
        financial_status: "paid",
        fulfillment_status: null,
        subtotal_price: "45.50",
        total_tax: "7.26",
        total_price: "49.40",
        customer: {
          id: Number(fresh.digits(13)),
          email: "ada@example.com",
          first_name: "Ada",
          last_name: "Lovelace",
        },
        line_items: [
          {
            id: Number(fresh.digits(14)),
            title: "Lamp, blue",
            sku: "A-1",
            quantity: 2,
            price: "18.00",
          },
          { id: Number(fresh.digits(14)), title: "Shade", sku: "B-7", quantity: 1, price: "9.50" },
        ],
        shipping_address: {
          first_name: "Ada",
          last_name: "Lovelace",
          address1: "12 St James Square",
          city: "London",
          zip: "SW1Y 4JH",
          country_code: "GB",
        },
      });
    },
  },
  {
    provider: "shopify",
    event: "products/update",
    about: "A product was changed",
    make: (fresh) => {
      const id = Number(fresh.digits(13));
      return asJson(shopifyHead(fresh, "products/update"), {
        id,
        admin_graphql_api_id: `gid://shopify/Product/${id}`,
        title: "Lamp, blue",
        handle: "lamp-blue",
        vendor: "Acme",
        product_type: "Lighting",
        status: "active",
        tags: "new, sale",
        updated_at: fresh.isoSeconds(-900),
        variants: [
          {
            id: Number(fresh.digits(14)),
            product_id: id,
            sku: "A-1",
            price: "18.00",
            inventory_quantity: 7,
          },
        ],
      });
    },
  },
];

/** typeform.com/developers/webhooks/example-payload */
const typeform: Sample = {
  provider: "typeform",
  event: "form_response",
  about: "A form was filled in",
  make: (fresh) => {
    const [form, name, stars] = [fresh.id("", 8), fresh.id("", 12), fresh.id("", 12)];
    return asJson([["User-Agent", "Typeform Webhooks"]], {
      event_id: fresh.upper("01", 24),
      event_type: "form_response",
      form_response: {
        form_id: form,
        token: fresh.hex(32),
        landed_at: fresh.isoSeconds(-95_000),
        submitted_at: fresh.isoSeconds(-1_500),
        definition: {
          id: form,
          title: "How was your order?",
          fields: [
            { id: name, title: "Your name", type: "short_text", ref: fresh.uuid() },
            { id: stars, title: "How happy are you?", type: "rating", ref: fresh.uuid() },
          ],
        },
        answers: [
          { type: "text", text: "Ada", field: { id: name, type: "short_text" } },
          { type: "number", number: 4, field: { id: stars, type: "rating" } },
        ],
      },
    });
  },
};

/** developer.calendly.com/api-docs, "Webhook payload" */
const calendly: Sample = {
  provider: "calendly",
  event: "invitee.created",
  about: "A meeting was booked",
  make: (fresh) => {
    const event = `https://api.calendly.com/scheduled_events/${fresh.uuid()}`;
    return asJson([["User-Agent", "Calendly"]], {
      created_at: fresh.iso(-1_000),
      created_by: `https://api.calendly.com/users/${fresh.uuid()}`,
      event: "invitee.created",
      payload: {
        uri: `${event}/invitees/${fresh.uuid()}`,
        event,
        email: "ada@example.com",
        name: "Ada Lovelace",
        status: "active",
        timezone: "Europe/London",
        created_at: fresh.iso(-1_200),
        questions_and_answers: [],
        scheduled_event: {
          uri: event,
          name: "Half an hour",
          status: "active",
          start_time: fresh.iso(2 * 86_400_000),
          end_time: fresh.iso(2 * 86_400_000 + 1_800_000),
        },
      },
    });
  },
};

export const commerce: readonly Sample[] = [...shopify, typeform, calendly];
