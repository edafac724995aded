/** docs.aws.amazon.com/general/latest/gr/sns: the endpoints of all regions, China's with a suffix of their own. */
const HOST = /^sns\.[a-z]{2}(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/;
const BODY_BYTES_MAX = 256 * 1024;

/**
 * The URL that confirms a subscription when it is asked, read from SNS' own message. Null for one that does not lead to
 * SNS, or does anything but to confirm: whoever wrote the message would else have our server ask what he likes.
 */
export function subscribeUrl(body: Buffer | null): string | null {
  if (!body || body.length > BODY_BYTES_MAX) return null;
  const url = readUrl(body);
  if (!url || url.protocol !== "https:" || url.port !== "" || url.username || url.password) {
    return null;
  }
  const isConfirmation = url.searchParams.get("Action") === "ConfirmSubscription";
  return HOST.test(url.hostname) && url.pathname === "/" && isConfirmation ? url.href : null;
}

function readUrl(body: Buffer): URL | null {
  try {
    const message: unknown = JSON.parse(body.toString());
    const given = Object(message) as { Type?: unknown; SubscribeURL?: unknown };
    if (given.Type !== "SubscriptionConfirmation") return null;
    return typeof given.SubscribeURL === "string" ? URL.parse(given.SubscribeURL) : null;
  } catch {
    return null;
  }
}
