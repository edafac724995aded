import { asJson, type Sample } from "../sample.ts";

/** twilio.com/docs/sendgrid/for-developers/tracking-events/event: a batch, with a line end behind it. */
const sendgrid: Sample = {
  provider: "sendgrid",
  event: "delivered",
  about: "A mail arrived, and was opened",
  make: (fresh) => {
    const message = `${fresh.id("", 22)}.filterdrecv-${fresh.hex(10)}`;
    const events = [
      {
        email: "ada@example.com",
        event: "delivered",
        ip: "168.1.1.1",
        response: "250 OK",
        sg_event_id: fresh.id("", 48),
        sg_message_id: message,
        "smtp-id": `<${fresh.hex(16)}@example.com>`,
        timestamp: fresh.seconds(-30_000),
      },
      {
        email: "ada@example.com",
        event: "open",
        ip: "203.0.113.7",
        sg_event_id: fresh.id("", 48),
        sg_message_id: message,
        timestamp: fresh.seconds(-2_000),
        useragent: "Mozilla/5.0",
      },
    ];
    const { headers } = asJson([["User-Agent", "SendGrid Event API"]], null);
    return { headers, body: `${JSON.stringify(events).replaceAll("},{", "},\r\n{")}\r\n` };
  },
};

/** resend.com/docs/webhooks/event-types */
const resend: Sample = {
  provider: "resend",
  event: "email.delivered",
  about: "A mail arrived",
  make: (fresh) =>
    asJson(
      [
        ["User-Agent", "Svix-Webhooks/1.66.0"],
        ["svix-id", fresh.id("msg_", 27)],
      ],
      {
        type: "email.delivered",
        created_at: fresh.iso(-700),
        data: {
          email_id: fresh.uuid(),
          created_at: fresh.iso(-4_000),
          from: "Acme <orders@example.com>",
          to: ["ada@example.com"],
          subject: "Your order 10023",
        },
      },
    ),
};

/** github.com/standard-webhooks/standard-webhooks, spec, "Payload structure" */
const standardWebhooks: Sample = {
  provider: "standard-webhooks",
  event: "user.created",
  about: "By the standard that many senders share",
  make: (fresh) =>
    asJson([["webhook-id", fresh.id("msg_", 27)]], {
      type: "user.created",
      timestamp: fresh.iso(-700),
      data: { id: fresh.uuid(), name: "Ada Lovelace", email: "ada@example.com" },
    }),
};

/** documentation.mailgun.com, "Webhooks": the signature stands in the body. */
const mailgun: Sample = {
  provider: "mailgun",
  event: "delivered",
  about: "A mail arrived",
  make: (fresh) =>
    asJson([["User-Agent", "mailgun/treq-22.2.0"]], {
      signature: { timestamp: String(fresh.seconds()), token: fresh.hex(50), signature: "" },
      "event-data": {
        event: "delivered",
        id: fresh.id("", 22),
        timestamp: fresh.ms(-1_200) / 1000,
        "log-level": "info",
        recipient: "ada@example.com",
        "recipient-domain": "example.com",
        message: {
          headers: {
            to: "ada@example.com",
            from: "orders@example.com",
            subject: "Your order 10023",
            "message-id": `${fresh.hex(20)}@example.com`,
          },
          size: 651,
        },
        "delivery-status": { code: 250, message: "OK", "attempt-no": 1, tls: true },
      },
    }),
};

export const email: readonly Sample[] = [sendgrid, resend, standardWebhooks, mailgun];
