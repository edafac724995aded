export type ProviderSteps = {
  id: string;
  name: string;
  /** Where the first step takes place. */
  href: string;
  steps: readonly string[];
};

/** The way to a first event, as each provider documents it. */
export const providerSteps: readonly ProviderSteps[] = [
  {
    id: "stripe",
    name: "Stripe",
    href: "https://dashboard.stripe.com/workbench/webhooks",
    steps: [
      "In Workbench, under Webhooks, add a destination and pick its events.",
      "Choose Webhook endpoint, paste the URL, create the destination.",
      "Cause one of the events: in a sandbox, a test payment will do.",
    ],
  },
  {
    id: "github",
    name: "GitHub",
    href: "https://github.com",
    steps: [
      "In the repository’s Settings, under Webhooks, choose Add webhook.",
      "Paste the URL as Payload URL, with content type application/json.",
      "Add webhook. GitHub sends a ping at once.",
    ],
  },
  {
    id: "shopify",
    name: "Shopify",
    href: "https://admin.shopify.com",
    steps: [
      "In Settings, under Notifications, Webhooks, choose Create webhook.",
      "Pick an event and JSON, paste the URL, save.",
      "Send a test notification from the webhook’s row.",
    ],
  },
  {
    id: "slack",
    name: "Slack",
    href: "https://api.slack.com/apps",
    steps: [
      "In your app, under Event Subscriptions, switch Enable Events on.",
      "Paste the URL as Request URL. Slack’s check of it is answered by itself.",
      "Subscribe to a bot event, save the changes, and cause it.",
    ],
  },
];

/** Names that only the own machine or network knows, so that no provider can send there. */
export function isOwnNetworkOnly(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    /\.(localhost|local|internal|lan)$/.test(hostname) ||
    /^\[(::1|f[cd].*|fe80.*)\]$/.test(hostname) ||
    /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname)
  );
}
