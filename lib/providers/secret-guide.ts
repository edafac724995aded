/** What to ask a person for, where a provider's requests can be checked. */
export type SecretGuide = {
  /** The provider's id, or that of something else that a provider has beside its signing secret. */
  id: string;
  /** Its name, where no provider has this id. */
  name?: string;
  /** What the provider calls it. */
  secret: string;
  /** Where it is shown. */
  where: string;
  /** It opens more than this webhook: think twice before handing it to any server. */
  isAccountWide?: true;
  /** It is no secret: a public key, or an id. */
  isPublic?: true;
};

const row = (id: string, secret: string, where: string, more: Partial<SecretGuide> = {}) => ({
  id,
  secret,
  where,
  ...more,
});

const accountWide = { isAccountWide: true } as const;
const isPublic = { isPublic: true } as const;

/** By the provider's id. The names of pages are the providers' own. */
export const secretGuides: readonly SecretGuide[] = [
  row("adyen", "HMAC key", "Customer Area › Developers › Webhooks › your webhook › Security"),
  row("asana", "X-Hook-Secret", "sent when the webhook is made, and then kept here by itself"),
  row("aws-sns", "Topic ARN", "SNS › Topics › your topic", isPublic),
  row("azure-event-grid", "Token", "the header or query value that you set on the subscription"),
  row("bitbucket", "Secret", "Repository settings › Webhooks › your webhook"),
  row("box", "Signature key", "Developer Console › your app › Webhooks › Manage signature keys"),
  row(
    "braintree",
    "Public and private key",
    "Settings › API, as PUBLIC_KEY:PRIVATE_KEY",
    accountWide,
  ),
  row("cal-com", "Secret", "Settings › Developer › Webhooks › your webhook"),
  row("calendly", "Signing key", "given to, or answered by, the call that makes the subscription"),
  row("circleci", "Secret token", "Project Settings › Webhooks › your webhook"),
  row("clerk", "Signing secret", "Dashboard › Webhooks › your endpoint"),
  row("clickup", "Secret", "in the answer to the call that makes the webhook"),
  row("cloudflare-stream", "Signing secret", "in the answer to the call that sets the webhook"),
  row("coinbase-commerce", "Shared secret", "Settings › Notifications › Webhook subscriptions"),
  row("contentful", "Signing secret", "App definition › Security › Request verification"),
  row("customer-io", "Signing key", "Data & Integrations › Reporting Webhooks › your webhook"),
  row(
    "discord",
    "Public key",
    "Developer Portal › your application › General Information",
    isPublic,
  ),
  row("docusign", "HMAC key", "Settings › Connect › Connect Keys"),
  row("dropbox", "App secret", "App Console › your app › Settings", accountWide),
  row("ebay", "Verification token", "set with the endpoint, under Alerts and Notifications", {
    name: "eBay",
  }),
  row("elevenlabs", "Shared secret", "Settings › Webhooks › your webhook"),
  row("forgejo", "Secret", "Settings › Webhooks › your webhook"),
  row("gitea", "Secret", "Settings › Webhooks › your webhook"),
  row("github", "Secret", "Settings › Webhooks › your webhook › Secret"),
  row("gitlab", "Secret token or signing token", "Settings › Webhooks › your webhook"),
  row("gocardless", "Webhook secret", "Dashboard › Developers › Webhook endpoints"),
  row("google-channels", "Channel token", "the token that you gave when the channel was made"),
  row("hookdeck", "Signing secret", "Settings › Project › Secrets"),
  row("hubspot", "Client secret", "Development › your app › Auth", accountWide),
  row("intercom", "Client secret", "Developer Hub › your app › Basic information", accountWide),
  row("jira", "Secret", "System › WebHooks › your webhook"),
  row("klaviyo", "Secret", "given when the webhook is made"),
  row("launchdarkly", "Signing secret", "Integrations › Webhooks › your webhook"),
  row("lemon-squeezy", "Signing secret", "Settings › Webhooks › your webhook"),
  row("linear", "Signing secret", "Settings › API › Webhooks › your webhook"),
  row("livekit", "API secret", "Settings › Keys", accountWide),
  row("mailgun", "HTTP webhook signing key", "Sending › Webhooks", accountWide),
  row("mandrill", "Webhook key", "Settings › Webhooks › View key"),
  row("meta", "App secret", "App Dashboard › App settings › Basic", accountWide),
  row("meta-verify-token", "Verify token", "the one that you type beside the callback URL", {
    name: "Meta (verify token)",
  }),
  row("microsoft-graph", "Client state", "the clientState that you gave with the subscription"),
  row("mux", "Signing secret", "Settings › Webhooks › your webhook"),
  row("netlify", "JWS secret token", "Site configuration › Notifications › your webhook"),
  row("notion", "Verification token", "sent once in a request of its own: see its body"),
  row("npm", "Secret", "the one that you gave to `npm hook add`"),
  row("okta", "Authentication secret", "Workflow › Event Hooks › your hook"),
  row("openai", "Signing secret", "Settings › Project › Webhooks › your endpoint"),
  row("paddle", "Endpoint secret key", "Developer tools › Notifications › your destination"),
  row("pagerduty", "Signing secret", "shown when the webhook subscription is made"),
  row("paypal", "Webhook ID", "Apps & Credentials › your app › Webhooks", isPublic),
  row("paystack", "Secret key", "Settings › API Keys & Webhooks", accountWide),
  row("plaid", "Verification key (JWK)", "answered by /webhook_verification_key/get", isPublic),
  row("pusher", "App secret", "your app › App Keys", accountWide),
  row("razorpay", "Webhook secret", "Account & Settings › Webhooks › your webhook"),
  row("replicate", "Signing key", "answered by GET /v1/webhooks/default/secret"),
  row("resend", "Signing secret", "Webhooks › your webhook"),
  row("sanity", "Secret", "sanity.io/manage › API › Webhooks › your webhook"),
  row(
    "sendgrid",
    "Verification key",
    "Settings › Mail Settings › Event Webhook › Security features",
    isPublic,
  ),
  row("sentry", "Client secret", "Settings › Custom Integrations › your integration"),
  row(
    "shopify",
    "API secret key",
    "your app › API credentials; for webhooks made by hand: Settings › Notifications › Webhooks",
    accountWide,
  ),
  row("slack", "Signing secret", "api.slack.com/apps › your app › Basic Information"),
  row("square", "Signature key", "Developer Console › your app › Webhooks › your subscription"),
  row("standard-webhooks", "Signing secret", "where the sender shows it, as whsec_ and base64"),
  row(
    "stripe",
    "Signing secret",
    "Developers › Webhooks › your endpoint; `stripe listen` prints its own",
  ),
  row("svix", "Signing secret", "the endpoint's page of the sender's portal"),
  row("telegram", "Secret token", "the secret_token that you gave to setWebhook"),
  row("trello", "App secret", "trello.com/power-ups/admin › your Power-Up › API key", accountWide),
  row("twilio", "Auth token", "Console › Account Info", accountWide),
  row("twitch", "Secret", "the one that you gave with the subscription"),
  row("typeform", "Secret", "Connect › Webhooks › your webhook › Edit"),
  row("vercel", "Secret", "shown when the webhook is made"),
  row("webflow", "Signing secret", "in the answer to the call that makes the webhook"),
  row("wise", "Public key", "docs.wise.com › Webhooks › Event handling", isPublic),
  row("woocommerce", "Secret", "WooCommerce › Settings › Advanced › Webhooks › your webhook"),
  row("workos", "Signing secret", "Dashboard › Webhooks › your endpoint"),
  row("x", "Consumer secret", "Developer Portal › your app › Keys and tokens", accountWide),
  row("xero", "Webhooks key", "Developer portal › your app › Webhooks"),
  row(
    "zendesk",
    "Signing secret",
    "Admin Center › Apps and integrations › Webhooks › your webhook",
  ),
  row("zoom", "Secret token", "Marketplace › your app › Features › Access"),
];

const guides = new Map(secretGuides.map((guide) => [guide.id, guide]));

/** Undefined for what nothing can be checked with. */
export const secretGuide = (provider: string): SecretGuide | undefined => guides.get(provider);
