import type { Scheme } from "../scheme.ts";
import {
  bodyHmac,
  hexIn,
  hmac,
  itemsIn,
  ofAccount,
  ofWebhook,
  outranking,
  timeIn,
  token,
} from "./forms.ts";
import { standardWebhooks } from "./standard-webhooks.ts";

const hookSecret = ofWebhook("Secret", "Settings > Webhooks > the webhook > Secret");

/** docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries; SHA-1 is sent beside it for old receivers. */
export const github: Scheme[] = [
  outranking(
    bodyHmac("github-sha256", hexIn("X-Hub-Signature-256", "sha256="), hookSecret),
    "github-sha1",
  ),
  bodyHmac("github-sha1", hexIn("X-Hub-Signature", "sha1="), hookSecret, "SHA-1"),
];

/** docs.gitea.com/usage/webhooks: its own header, and GitHub's for receivers that were written for it. */
export const gitea: Scheme[] = [
  outranking(
    bodyHmac("gitea-sha256", hexIn("X-Gitea-Signature"), hookSecret),
    "github-sha256",
    "github-sha1",
  ),
  ...github,
];

/** forgejo.org/docs/latest/user/webhooks */
export const forgejo: Scheme[] = [
  outranking(
    bodyHmac("forgejo-sha256", hexIn("X-Forgejo-Signature"), hookSecret),
    "gitea-sha256",
    "github-sha256",
    "github-sha1",
  ),
  ...gitea,
];

/** docs.gitlab.com/user/project/integrations/webhooks: a token in clear, or a signing token; both may be sent. */
export const gitlab: Scheme[] = [
  ...standardWebhooks({
    secret: ofWebhook("Signing token", "Settings > Webhooks > the webhook", /^whsec_/),
  }).map((scheme) => outranking(scheme, "gitlab-token")),
  token(
    "gitlab-token",
    "header:X-Gitlab-Token",
    ofWebhook("Secret token", "Settings > Webhooks > the webhook", /^(?!whsec_)/),
  ),
];

/** bitbucket.org/blog/enhanced-webhook-security: SHA-256 in the header that is SHA-1 elsewhere. */
export const bitbucket: Scheme[] = [
  bodyHmac(
    "bitbucket-sha256",
    hexIn("X-Hub-Signature", "sha256="),
    ofWebhook("Secret", "Repository settings > Webhooks > the webhook"),
  ),
];

/** circleci.com/docs/webhooks#validate-webhooks: a list, of which only v1 is known. */
export const circleci: Scheme[] = [
  bodyHmac(
    "circleci-v1",
    itemsIn("circleci-signature", "v1="),
    ofWebhook("Secret token", "Project Settings > Webhooks > the webhook"),
  ),
];

/** vercel.com/docs/webhooks/webhooks-api#securing-webhooks */
export const vercel: Scheme[] = [
  bodyHmac(
    "vercel-sha1",
    hexIn("x-vercel-signature"),
    ofWebhook("Secret", "shown once when the webhook is created"),
    "SHA-1",
  ),
];

/** docs.sentry.io/organization/integrations/integration-platform/webhooks: the timestamp is sent, and not signed. */
export const sentry: Scheme[] = [
  {
    ...bodyHmac(
      "sentry-sha256",
      hexIn("Sentry-Hook-Signature"),
      ofAccount("Client secret", "Settings > Developer Settings > the integration"),
    ),
    time: timeIn("header:Sentry-Hook-Timestamp", "s"),
  },
];

/** npmjs.com/package/npm-hook-receiver */
export const npm: Scheme[] = [
  bodyHmac(
    "npm-sha256",
    hexIn("x-npm-signature", "sha256="),
    ofWebhook("Secret", "what was given to npm hook add"),
  ),
];

/** launchdarkly.com/docs/integrations/webhooks#securing-your-webhook-with-a-signature */
export const launchdarkly: Scheme[] = [
  bodyHmac(
    "launchdarkly-sha256",
    hexIn("X-LD-Signature"),
    ofWebhook("Secret", "Integrations > Webhooks > the webhook"),
  ),
];

/** github.com/sanity-io/webhook-toolkit: milliseconds, and base64 for URLs. */
export const sanity: Scheme[] = [
  hmac({
    id: "sanity-v1",
    message: ["{time}.{body}"],
    signature: { ...itemsIn("sanity-webhook-signature", "v1="), encoding: "base64url" },
    time: timeIn("item:t=", "ms"),
    secret: ofWebhook("Secret", "API > Webhooks > the webhook"),
  }),
];

/** developers.webflow.com/data/docs/working-with-webhooks#validating-request-signatures */
export const webflow: Scheme[] = [
  hmac({
    id: "webflow-sha256",
    message: ["{time}:{body}"],
    signature: hexIn("x-webflow-signature"),
    time: timeIn("header:x-webflow-timestamp", "ms", 300),
    secret: ofAccount("Secret key, or the OAuth client's secret", "Apps & Integrations > Webhooks"),
  }),
];
