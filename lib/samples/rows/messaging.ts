import type { HeaderPair } from "../../contract/headers.ts";
import { asForm, asJson, type Sample } from "../sample.ts";

const slackHead: HeaderPair[] = [
  ["User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"],
  ["Accept", "*/*"],
];

/** docs.slack.dev/apis/events-api, docs.slack.dev/interactivity/implementing-slash-commands */
const slack: Sample[] = [
  {
    provider: "slack",
    event: "app_mention",
    about: "Somebody called the app in a channel",
    make: (fresh) => {
      const [team, app, channel] = [
        fresh.upper("T0", 9),
        fresh.upper("A0", 9),
        fresh.upper("C0", 9),
      ];
      const ts = `${fresh.seconds(-1_000)}.000100`;
      return asJson(slackHead, {
        token: fresh.id("", 24),
        team_id: team,
        api_app_id: app,
        event: {
          type: "app_mention",
          user: fresh.upper("U0", 9),
          text: "<@U0LAN0Z89> where is order 10023?",
          ts,
          channel,
          event_ts: ts,
        },
        type: "event_callback",
        event_id: fresh.upper("Ev0", 9),
        event_time: fresh.seconds(-1_000),
        authorizations: [
          { enterprise_id: null, team_id: team, user_id: "U0LAN0Z89", is_bot: true },
        ],
        is_ext_shared_channel: false,
      });
    },
  },
  {
    provider: "slack",
    event: "/refund",
    about: "A slash command was typed",
    make: (fresh) =>
      asForm(slackHead, {
        token: fresh.id("", 24),
        team_id: fresh.upper("T0", 9),
        team_domain: "acme",
        channel_id: fresh.upper("C0", 9),
        channel_name: "orders",
        user_id: fresh.upper("U0", 9),
        user_name: "ada",
        command: "/refund",
        text: "10023 €42",
        api_app_id: fresh.upper("A0", 9),
        response_url: `https://hooks.slack.com/commands/${fresh.upper("T0", 9)}/${fresh.digits(12)}`,
        trigger_id: `${fresh.digits(13)}.${fresh.digits(12)}.${fresh.hex(32)}`,
      }),
  },
];

const twilioHead: HeaderPair[] = [
  ["User-Agent", "TwilioProxy/1.1"],
  ["Accept", "*/*"],
];

/** twilio.com/docs/messaging/guides/webhook-request */
const twilio: Sample[] = [
  {
    provider: "twilio",
    event: "received",
    about: "A text message came in",
    make: (fresh) => {
      const [message, account] = [`SM${fresh.hex(32)}`, `AC${fresh.hex(32)}`];
      return asForm([...twilioHead, ["I-Twilio-Idempotency-Token", fresh.uuid()]], {
        ToCountry: "US",
        SmsMessageSid: message,
        NumMedia: "0",
        SmsSid: message,
        SmsStatus: "received",
        Body: "Where is my order? 📦",
        To: "+15005550006",
        NumSegments: "1",
        MessageSid: message,
        AccountSid: account,
        From: "+15017122661",
        ApiVersion: "2010-04-01",
      });
    },
  },
  {
    provider: "twilio",
    event: "delivered",
    about: "A text message arrived",
    make: (fresh) => {
      const message = `SM${fresh.hex(32)}`;
      return asForm([...twilioHead, ["I-Twilio-Idempotency-Token", fresh.uuid()]], {
        SmsSid: message,
        SmsStatus: "delivered",
        MessageStatus: "delivered",
        To: "+15017122661",
        MessageSid: message,
        AccountSid: `AC${fresh.hex(32)}`,
        From: "+15005550006",
        ApiVersion: "2010-04-01",
      });
    },
  },
];

/** docs.discord.com/developers/events/webhook-events */
const discord: Sample = {
  provider: "discord",
  event: "APPLICATION_AUTHORIZED",
  about: "A server installed the app",
  make: (fresh) =>
    asJson([["User-Agent", "Discord-Webhook/1.0 (+https://discord.com)"]], {
      version: 1,
      application_id: fresh.digits(19),
      type: 1,
      event: {
        type: "APPLICATION_AUTHORIZED",
        timestamp: fresh.iso(-800).replace("Z", "000"),
        data: {
          integration_type: 0,
          scopes: ["applications.commands", "bot"],
          user: { id: fresh.digits(18), username: "ada", discriminator: "0" },
          guild: { id: fresh.digits(19), name: "Acme" },
        },
      },
    }),
};

/** developers.zoom.us/docs/api/meetings/events */
const zoom: Sample = {
  provider: "zoom",
  event: "meeting.started",
  about: "A meeting began",
  make: (fresh) =>
    asJson(
      [
        ["User-Agent", "Zoom Marketplace/1.0a"],
        ["Content-Type", "application/json; charset=utf-8"],
      ],
      {
        event: "meeting.started",
        event_ts: fresh.ms(-600),
        payload: {
          account_id: fresh.id("", 22),
          object: {
            id: fresh.digits(11),
            uuid: `${fresh.id("", 22)}==`,
            host_id: fresh.id("", 22),
            topic: "Weekly orders",
            type: 2,
            start_time: fresh.isoSeconds(-2_000),
            duration: 30,
            timezone: "Europe/London",
          },
        },
      },
    ),
};

/** developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples */
const meta: Sample = {
  provider: "meta",
  event: "messages",
  about: "A WhatsApp message came in",
  make: (fresh) =>
    asJson([["User-Agent", "facebookexternalua"]], {
      object: "whatsapp_business_account",
      entry: [
        {
          id: fresh.digits(15),
          changes: [
            {
              value: {
                messaging_product: "whatsapp",
                metadata: {
                  display_phone_number: "15550783881",
                  phone_number_id: fresh.digits(15),
                },
                contacts: [{ profile: { name: "Ada" }, wa_id: "16505551234" }],
                messages: [
                  {
                    from: "16505551234",
                    id: fresh.upper("wamid.HBgL", 40),
                    timestamp: String(fresh.seconds(-1_000)),
                    type: "text",
                    text: { body: "Where is my order?" },
                  },
                ],
              },
              field: "messages",
            },
          ],
        },
      ],
    }),
};

/** developers.intercom.com/docs/references/webhooks/webhook-models */
const intercom: Sample = {
  provider: "intercom",
  event: "conversation.user.created",
  about: "A customer began a conversation",
  make: (fresh) => {
    const id = fresh.digits(12);
    return asJson(
      [
        ["User-Agent", "intercom-webhooks"],
        ["X-Hub-Signature", "sha1="],
      ],
      {
        type: "notification_event",
        app_id: fresh.id("", 8).toLowerCase(),
        id: `notif_${fresh.uuid()}`,
        topic: "conversation.user.created",
        created_at: fresh.seconds(-1_000),
        first_sent_at: fresh.seconds(),
        delivery_attempts: 1,
        delivery_status: "pending",
        delivered_at: 0,
        data: {
          type: "notification_event_data",
          item: {
            type: "conversation",
            id,
            created_at: fresh.seconds(-1_500),
            state: "open",
            source: {
              type: "conversation",
              body: "<p>Where is order 10023?</p>",
              author: { type: "user", id: fresh.hex(24), name: "Ada", email: "ada@example.com" },
            },
          },
        },
      },
    );
  },
};

export const messaging: readonly Sample[] = [...slack, ...twilio, discord, zoom, meta, intercom];
