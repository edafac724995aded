import { type HeaderPair, headerValue } from "../contract/headers.ts";
import type { RecognisedProvider } from "../contract/requests.ts";

type Provider = {
  id: string;
  name: string;
  /** A header that only this provider sends. */
  mark: string;
  event: (headers: readonly HeaderPair[], body: () => unknown) => string | undefined;
  deliveryId: (headers: readonly HeaderPair[], body: () => unknown) => string | undefined;
};

const fromHeader = (name: string) => (headers: readonly HeaderPair[]) => headerValue(headers, name);
const fromBody = (field: string) => (_: readonly HeaderPair[], body: () => unknown) => {
  const parsed = body();
  const value: unknown =
    typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, field) : undefined;
  return typeof value === "string" ? value : undefined;
};

const providers: Provider[] = [
  // docs.stripe.com/webhooks, docs.stripe.com/api/events/object
  {
    id: "stripe",
    name: "Stripe",
    mark: "stripe-signature",
    event: fromBody("type"),
    deliveryId: fromBody("id"),
  },
  // docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers
  {
    id: "github",
    name: "GitHub",
    mark: "x-github-event",
    event: fromHeader("x-github-event"),
    deliveryId: fromHeader("x-github-delivery"),
  },
  // shopify.dev/docs/apps/build/webhooks/subscribe/https
  {
    id: "shopify",
    name: "Shopify",
    mark: "x-shopify-topic",
    event: fromHeader("x-shopify-topic"),
    deliveryId: fromHeader("x-shopify-webhook-id"),
  },
];

const byMark = new Map(providers.map((provider) => [provider.mark, provider]));
const byId = new Map(providers.map((provider) => [provider.id, provider]));
const markLengths = new Set(providers.map((provider) => provider.mark.length));

/** What a provider puts here is short; a hostile sender's value is cut for the list. */
const VALUE_CHARACTERS_MAX = 256;

/** Who sent it, by a header that only they send; null when unsure. `body`: null when there is none or it is large. */
export function recognise(
  headers: readonly HeaderPair[],
  body: Buffer | null,
): Omit<RecognisedProvider, "name"> | null {
  const provider = findByMark(headers);
  if (!provider) return null;
  let parsed: unknown;
  let isParsed = false;
  const parse = () => {
    if (!isParsed) parsed = parseJson(body);
    isParsed = true;
    return parsed;
  };
  return {
    id: provider.id,
    event: clean(provider.event(headers, parse)),
    deliveryId: clean(provider.deliveryId(headers, parse)),
    attempt: null,
  };
}

/** A provider's name by its id; the id itself for one that is no longer known. */
export function providerName(id: string): string {
  return byId.get(id)?.name ?? id;
}

function findByMark(headers: readonly HeaderPair[]): Provider | undefined {
  for (const [name] of headers) {
    if (!markLengths.has(name.length)) continue;
    const provider = byMark.get(name.toLowerCase());
    if (provider) return provider;
  }
  return undefined;
}

function parseJson(body: Buffer | null): unknown {
  if (!body) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Postgres text can hold no NUL, and no lone surrogate. */
function clean(value: string | undefined): string | null {
  return value
    ? value.slice(0, VALUE_CHARACTERS_MAX).toWellFormed().replaceAll("\0", "\ufffd")
    : null;
}
