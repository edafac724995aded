/**
 * What common request headers say, in our words. Facts: RFC 9110, 9111, 9112, 6265, 6750, 7239, 7617, 8941, 9421 and
 * 9530, W3C Trace Context and Fetch Metadata, MDN's HTTP header reference, and the providers' own documentation.
 */
const words: Record<string, string> = {
  accept:
    "Media types that the sender can take as an answer; q says how much it likes each, 1 by default.",
  "accept-charset": "Charsets for the answer. Obsolete: nearly everything ignores it.",
  "accept-encoding":
    "Compressions that the sender can undo in the answer. No matter for the body it sends.",
  "accept-language": "Languages that a reader of the answer would like, best first by q.",
  authorization:
    "Proves who the sender is to the receiver. The first word names the way: Basic, Bearer, Digest and so on.",
  baggage: "Key and value pairs that tracing tools hand on from service to service.",
  "cache-control":
    "How caches on the way may keep or must ask again. In a request it speaks of the answer.",
  "cf-connecting-ip":
    "Cloudflare: the address that connected to it, so of the sender or its last proxy.",
  "cf-ipcountry": "Cloudflare: the country it takes the sender's address to be in.",
  "cf-ray":
    "Cloudflare: a number of this request for its support and logs, with the data centre behind the dash.",
  "cf-visitor": "Cloudflare: whether the sender came by http or https.",
  "cdn-loop": "CDNs add their name, so that one that sees its own stops a loop.",
  connection:
    "Options for this one connection, and names of headers that are only for it. A proxy takes it out.",
  "content-disposition": "Whether content is to be shown or saved, and under which file name.",
  "content-encoding":
    "What was done to the body after its type, such as gzip, in the order it was done. It must be undone before the body reads as its Content-Type.",
  "content-language": "Whom the body is for, by language.",
  "content-length":
    "Bytes of the body as they travel, so after any Content-Encoding. Not sent with a chunked body.",
  "content-md5":
    "A base64 MD5 of the body. Taken out of HTTP in 2014; some storage services still check it.",
  "content-digest": "A hash of the body as sent, by algorithm, such as sha-256=:...: in base64.",
  "content-security-policy":
    "Rules for what a page may load and run. It means something in answers only.",
  "content-type":
    "What the body is: a media type, and for text its charset; for multipart the boundary between parts.",
  cookie:
    "What the receiver once asked this sender to keep, as name=value pairs. Two of one name can both be right: they differ by path.",
  date: "When the message was made, by the sender's clock, to the second.",
  digest: "A hash of the content, by algorithm. An older form of Repr-Digest.",
  dnt: "1 asks not to be tracked. Never binding, and given up.",
  etag: "The version of what is sent, as an opaque text in quotes; W/ marks a weak one.",
  expect: "100-continue: the sender waits for a 100 before it sends its body.",
  forwarded:
    "What proxies saw, each adding its part behind: for the sender's address, by, host and proto. Anyone can invent the parts before one's own proxy.",
  from: "A person's e-mail address who runs the sender, mostly of crawlers.",
  host: "The host and port that the sender asked for. One server tells its sites apart by it.",
  "idempotency-key": "The same for every try of one operation, so that the receiver does it once.",
  "if-match": "Do it only if the current version is one of these.",
  "if-modified-since": "Answer with content only if it changed after this.",
  "if-none-match":
    "Answer with content only if its version is none of these; with * only if there is nothing yet.",
  "keep-alive":
    "How long, and for how many requests, the connection may stay open. Only for this connection.",
  "last-modified": "When what is sent last changed, to the second.",
  "max-forwards": "How many more proxies an OPTIONS or TRACE may pass.",
  origin:
    "Scheme, host and port of the page that caused the request. Browsers send it with cross-site requests and with all but GET and HEAD; null hides it.",
  pragma: "no-cache for HTTP/1.0 caches. Cache-Control took its place.",
  priority: "How urgent the answer is, u=0 to 7, and with i whether parts of it are of use.",
  "proxy-authorization": "Proves who the sender is to a proxy. A proxy should take it out.",
  range: "Asks for a part of the content, in bytes.",
  referer:
    "The address of the page that led here, often cut down to its origin. Spelled wrong since 1995.",
  "sec-ch-ua":
    "The browser's brands and versions, with an invented one among them against programs that look for exact lists.",
  "sec-fetch-dest":
    "What a browser will use the answer for: document, image, script, empty for fetch() and so on.",
  "sec-fetch-mode": "How a browser asks: navigate, cors, no-cors, same-origin or websocket.",
  "sec-fetch-site":
    "How the asking page relates to here: same-origin, same-site, cross-site, or none for what a person typed.",
  "sec-fetch-user": "?1 when a person's click or key caused the navigation.",
  "sec-gpc": "1 asks not to sell or share the person's data. Binding in some laws.",
  signature:
    "HTTP message signatures: the signatures themselves, by label. Signature-Input says what they cover.",
  "signature-input":
    "HTTP message signatures: which parts each signature covers, with its key and time.",
  "stripe-signature":
    'Stripe: t is when it signed, each v1 an HMAC-SHA-256 over "t.body" with the endpoint\'s secret.',
  "svix-id": "Svix: the message's id, the same for every try.",
  "svix-signature":
    'Svix: v1 and a base64 HMAC-SHA-256 over "id.timestamp.body"; several during a change of keys.',
  "svix-timestamp": "Svix: when it was sent, in seconds since 1970. It is signed too.",
  "webhook-id": "Standard Webhooks: the message's id, the same for every try.",
  "webhook-signature":
    'Standard Webhooks: v1 and a base64 HMAC-SHA-256 (v1a: Ed25519) over "id.timestamp.body".',
  "webhook-timestamp":
    "Standard Webhooks: when this try was sent, in seconds since 1970. It is signed too.",
  te: "Transfer codings the sender takes in the answer; trailers means that it reads trailers. Only for this connection.",
  traceparent:
    "Trace Context: version, the whole trace's id, the caller's span, and flags (01: recorded).",
  tracestate: "Trace Context: what single tracing vendors add to traceparent.",
  trailer: "Names of headers that come after the body.",
  "transfer-encoding":
    "How the body is framed on this connection. chunked: in pieces, its length not known beforehand.",
  "true-client-ip":
    "The sender's address as Akamai or Cloudflare saw it. Believe it only behind them.",
  upgrade:
    "Protocols that the sender would change to on this connection, such as websocket or h2c.",
  "upgrade-insecure-requests": "1: a browser would rather have https.",
  "user-agent": "The sending program and its version, in its own words. Anyone can claim anything.",
  via: "Proxies on the way, each with the protocol that it received.",
  "x-amzn-trace-id": "AWS: Root names the request through load balancers and X-Ray, Self the step.",
  "x-correlation-id":
    "An id that services hand on, so that their logs can be put together. A custom, no standard.",
  "x-csrf-token": "A secret of the page that shows a form was not sent from another site.",
  "x-forwarded-for":
    "The sender's address, and behind it each proxy's. Only what one's own proxies added can be believed.",
  "x-forwarded-host": "The Host that the first proxy was asked for.",
  "x-forwarded-port": "The port on which the proxy was reached.",
  "x-forwarded-proto": "http or https, as the sender spoke to the proxy.",
  "x-github-delivery": "GitHub: this delivery's id. A redelivery keeps it.",
  "x-github-event": "GitHub: the event's name. The action within it is in the body.",
  "x-github-hook-id": "GitHub: the number of the webhook's settings.",
  "x-gitlab-event": "GitLab: the event's name.",
  "x-gitlab-token": "GitLab: the webhook's secret itself, in the clear. It proves no body.",
  "x-hub-signature":
    "An HMAC-SHA-1 of the body in hex. Kept for old receivers: check X-Hub-Signature-256.",
  "x-hub-signature-256":
    "sha256= and an HMAC-SHA-256 of the exact body, in hex, with the webhook's secret.",
  "x-real-ip":
    "The sender's address as the nearest proxy saw it, mostly nginx. Anyone else can send it too.",
  "x-request-id": "An id for this request that proxies and logs hand on. A custom, no standard.",
  "x-requested-with": "XMLHttpRequest from older libraries. A form on another site can't add it.",
  "x-shopify-hmac-sha256":
    "Shopify: a base64 HMAC-SHA-256 of the exact body with the app's secret.",
  "x-shopify-topic": "Shopify: what happened, such as orders/create.",
  "x-shopify-webhook-id": "Shopify: this delivery's id, the same for every try.",
  "x-slack-request-timestamp":
    "Slack: when it was sent, in seconds since 1970. Refuse what is older than five minutes.",
  "x-slack-signature":
    'Slack: v0= and an HMAC-SHA-256 in hex over "v0:timestamp:body" with the signing secret.',
  "x-twilio-signature": "Twilio: a base64 HMAC-SHA-1 over the full URL and the sorted form fields.",
};

/** What a header says, or null for one that is not known here. */
export function explainHeader(name: string): string | null {
  const key = name.toLowerCase();
  return Object.hasOwn(words, key) ? (words[key] ?? null) : null;
}
