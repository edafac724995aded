/**
 * When a provider tries again, in its own words: after each of these gaps, or so often within a time, or never. Seconds.
 */
export type Retries =
  | "never"
  | { gaps: readonly number[] }
  | { times?: number; within?: number; apart?: readonly [least: number, most: number] };

/** How a provider delivers, as it documents it. What it does not say is left out. */
export type Delivery = {
  /** What it waits for an answer. */
  timeoutMs?: number;
  /** The statuses with which it is content; 200 to 299 unless it says otherwise. */
  accepts?: readonly [first: number, last: number];
  /** Statuses after which it gives up at once. */
  givesUpOn?: readonly number[];
  /** The only statuses after which it tries again; an answer that never comes counts as well. */
  triesAgainOn?: (status: number) => boolean;
  retries?: Retries;
  /** Where its test mode has another schedule. */
  testRetries?: Retries;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const minutes = (...all: number[]) => all.map((each) => each * MINUTE);
const hours = (...all: number[]) => all.map((each) => each * HOUR);
const repeat = (gap: number, times: number) => Array.from({ length: times }, () => gap);

const isOverloaded = (status: number) => status === 429 || status >= 500;

/** docs.svix.com/retries: Resend publishes the same list. */
const SVIX = { retries: { gaps: [5, ...minutes(5, 30), ...hours(2, 5, 10, 10)] } };

/** By the provider's id. The page is the `docs` of its row, or stands beside it here. */
export const deliveries: Readonly<Record<string, Delivery>> = {
  // learn.microsoft.com/azure/event-grid/delivery-and-retry
  "azure-event-grid": {
    timeoutMs: 30_000,
    accepts: [200, 204],
    givesUpOn: [400, 413],
    retries: { gaps: [10, 30, ...minutes(1, 5, 10, 30), HOUR, ...repeat(HOUR, 22)] },
  },
  // developers.asana.com/docs/webhooks-guide
  asana: { timeoutMs: 10_000, retries: { within: DAY } },
  // docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries: the policy that a topic has at first
  "aws-sns": { retries: { gaps: repeat(20, 3) }, triesAgainOn: isOverloaded },
  // docs.discord.com/developers/events/webhook-events
  discord: { timeoutMs: 3_000 },
  // docs.github.com/webhooks/testing-and-troubleshooting-webhooks: redelivered by hand only
  github: { timeoutMs: 10_000, retries: "never" },
  jira: {
    retries: { times: 5, apart: [5 * MINUTE, 15 * MINUTE] },
    triesAgainOn: (status) => [408, 409, 425].includes(status) || isOverloaded(status),
  },
  "lemon-squeezy": { accepts: [200, 200], retries: { gaps: [5, 25, 125] } },
  linear: { timeoutMs: 5_000, accepts: [200, 200], retries: { gaps: [MINUTE, ...hours(1, 6)] } },
  // documentation.mailgun.com/docs/mailgun/user-manual/webhooks
  mailgun: {
    accepts: [200, 200],
    givesUpOn: [406],
    retries: { gaps: [...minutes(10, 10, 15, 30), ...hours(1, 2, 4)] },
  },
  // developers.facebook.com/docs/graph-api/webhooks says 36 hours, WhatsApp's own page 7 days
  meta: { retries: {} },
  // learn.microsoft.com/graph/change-notifications-delivery-webhooks
  "microsoft-graph": { timeoutMs: 3_000, retries: { within: 4 * HOUR } },
  // developer.okta.com/docs/concepts/event-hooks
  okta: { timeoutMs: 3_000, retries: { times: 1 }, triesAgainOn: (status) => status >= 500 },
  // developer.paddle.com/webhooks/respond-to-webhooks
  paddle: {
    timeoutMs: 5_000,
    accepts: [200, 200],
    retries: { times: 60, within: 3 * DAY },
    testRetries: { times: 3, within: 15 * MINUTE },
  },
  paypal: { retries: { times: 25, within: 3 * DAY } },
  // pusher.com/docs/channels/server_api/webhooks
  pusher: { timeoutMs: 4_000, retries: { within: 5 * MINUTE } },
  resend: SVIX,
  sanity: { retries: { gaps: [30, 30] }, triesAgainOn: isOverloaded },
  sendgrid: { retries: { within: DAY } },
  sentry: { timeoutMs: 1_000 },
  // shopify.dev/docs/apps/build/webhooks/subscribe/https
  shopify: { timeoutMs: 5_000, retries: { times: 8, within: 4 * HOUR } },
  // docs.slack.dev/apis/events-api: "nearly immediately", after 1 minute, after 5
  slack: { timeoutMs: 3_000, retries: { gaps: [0, ...minutes(1, 5)] } },
  square: {
    timeoutMs: 10_000,
    retries: { gaps: [...minutes(1, 2, 4, 8, 16, 32, 60), ...hours(2, 4, 8, 8)] },
  },
  stripe: { retries: { within: 3 * DAY }, testRetries: { times: 3 } },
  svix: SVIX,
  // class-wc-webhook.php: no redirect is followed, and 302 is good enough
  woocommerce: { timeoutMs: 60_000, accepts: [200, 302], retries: "never" },
  zoom: { timeoutMs: 3_000, accepts: [200, 204] },
};
