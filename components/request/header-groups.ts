import type { HeaderPair } from "#lib/contract/headers.ts";

export type HeaderGroup = { name: string; headers: HeaderPair[] };

/** The first that fits counts; what fits none is among the rest. */
const groups: [name: string, pattern: RegExp][] = [
  [
    "Signature and provider",
    /signature|hmac|^digest$|^repr-digest$|webhook|^x-hook-|^x-hub-|^x-event|^(x-)?(adyen|github|gitlab|gitea|bitbucket|shopify|slack|stripe|svix|twilio|paypal|paddle|linear|intercom|zendesk|discord|square|sentry|mailgun|sendgrid|typeform|hubspot|docusign|circleci|atlassian|asana|trello|notion|clerk|workos|polar|resend|lemon)(-|$)|^x-(zm|pd|wc|dropbox|zoho|goog|amz-sns)-|^idempotency-key$|^ce-/,
  ],
  [
    "Content",
    /^content-|^accept|^(transfer-encoding|te|trailer|expect|etag|last-modified|range)$|^if-/,
  ],
  [
    "Network and proxies",
    /^(host|connection|keep-alive|upgrade|via|forwarded|max-forwards|proxy-connection|true-client-ip|traceparent|tracestate|baggage|b3|priority|cdn-loop|early-data)$|^x-(forwarded|real-ip|client-ip|envoy|b3|request-id|correlation-id|amzn|amz-cf|cloud-trace|vercel|ngrok|azure|original|cluster)|^(cf|fly|fastly|akamai|x-akamai|x-railway|render|rndr)-/,
  ],
];

const REST = "The rest";

/** Headers by what they are about, each group in the order received; without empty groups. `provider` is its id. */
export function groupHeaders(
  headers: readonly HeaderPair[],
  provider: string | null,
): HeaderGroup[] {
  const names = [...groups.map(([name]) => name), REST];
  const byName = new Map(names.map((name): [string, HeaderPair[]] => [name, []]));
  for (const pair of headers) byName.get(groupOf(pair[0].toLowerCase(), provider))?.push(pair);
  return names
    .map((name) => ({ name, headers: byName.get(name) ?? [] }))
    .filter((group) => group.headers.length > 0);
}

function groupOf(header: string, provider: string | null): string {
  if (provider !== null && header.split("-").includes(provider)) return "Signature and provider";
  return groups.find(([, pattern]) => pattern.test(header))?.[0] ?? REST;
}
