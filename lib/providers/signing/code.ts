import { bodyHmac, type Scheme, type SecretFacts } from "../scheme.ts";

const githubSecret: SecretFacts = {
  label: "Secret",
  where: "Settings > Webhooks > the webhook > Secret",
  sensitivity: "webhook",
};

/** docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries; SHA-1 is sent beside it for old receivers. */
export const github: Scheme[] = [
  bodyHmac(
    "github-sha256",
    { at: ["header:X-Hub-Signature-256"], encoding: "hex", prefix: "sha256=" },
    githubSecret,
  ),
  bodyHmac(
    "github-sha1",
    { at: ["header:X-Hub-Signature"], encoding: "hex", prefix: "sha1=" },
    githubSecret,
    "SHA-1",
  ),
];
