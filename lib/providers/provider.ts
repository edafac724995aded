import type { TimeUnit } from "./moment.ts";
import type { Scheme } from "./scheme.ts";

/**
 * Where in a request a value stands: `header:NAME`, `query:NAME`, `form:NAME`, `json:PATH` (dots and [n]), or
 * `form.NAME:PATH` for JSON in a form's field, `xml.NAME:ELEMENT` for XML in base64 there. `key:NAME` is the name itself,
 * where a JSON body has a member of that name.
 */
export type Place =
  `${"header" | "query" | "form" | "json" | "key" | `form.${string}` | `xml.${string}`}:${string}`;

/**
 * Something that speaks for a provider, with a weight: at SURE together it is believed. Names of headers and products are
 * in lower case.
 */
export type Evidence = { weight: number } & (
  | { header: string; value?: RegExp }
  /** The first product of the User-Agent, up to its slash or a space. */
  | { agent: string }
  /**
   * A JSON body that has a value at all of these paths, and whose strings at some of them match; counted only where the
   * header `beside` is there.
   */
  | { json: readonly string[]; where: Readonly<Record<string, RegExp>>; beside?: string }
  /** A form that has all of these fields. */
  | { form: readonly string[] }
  | { query: string }
);

/** The weight at which a provider is believed. */
export const SURE = 10;

/** A provider as a row of facts: how its requests are told from others, and where its own words stand in them. */
export type Provider = {
  /** The name of its sheet in kebab-case. */
  id: string;
  name: string;
  /** The page that the facts come from, without the scheme. */
  docs: string;
  evidence: readonly Evidence[];
  /** It is the name of a scheme, by which many sign: whoever sent it may be another provider. */
  isScheme?: true;
  /** What happened; the first place that has a value counts, and `action` follows it after a dot. */
  event?: readonly Place[];
  action?: Place;
  /** The event itself: the same over retries and over all the URLs that it is sent to. */
  eventId?: readonly Place[];
  /** Whose event it is: an account, a shop, a workspace, in the provider's own name for it. */
  account?: readonly Place[];
  /** Whether it is about real things; `live` and `test` are the values that say so. */
  mode?: { place: Place; live: string; test: string };
  /** When it happened, not when it was sent: a retry says the same. The first that can be read counts. */
  occurredAt?: readonly { place: Place; unit: TimeUnit }[];
  /** The same for each retry of one delivery. */
  deliveryId?: readonly Place[];
  /** The ids name what an event is about, so that several events share one: their bodies tell them apart. */
  isObjectId?: true;
  /** The delivery ids are numbers that rise with each event. */
  isSequential?: true;
  /** Which try of the delivery it is; `first` is the number that the first one has. */
  attempt?: { place: Place; first: 0 | 1 };
};

/** A row with how the provider signs; none: it signs nothing, or it is not known. */
export type SigningProvider = Provider & { signing?: readonly Scheme[] };

/** A header that nobody else sends. */
export const mark = (header: string): Evidence => ({ header, weight: SURE });

/** A header that others send as well, or that speaks only together with something else. */
export const hint = (header: string, value?: RegExp): Evidence => ({
  header,
  weight: 4,
  ...(value ? { value } : {}),
});

export const agent = (product: string, weight = 6): Evidence => ({ agent: product, weight });

/** A shape that nobody else's bodies have. */
export const shape = (
  json: readonly string[],
  where: Readonly<Record<string, RegExp>> = {},
  weight = SURE,
): Evidence => ({ json, where, weight });

/** A shape that tells a sender apart from all others that use the same scheme, whose id stands in this header. */
export const beside = (
  header: string,
  json: readonly string[],
  where: Readonly<Record<string, RegExp>> = {},
): Evidence => ({ json, where, beside: header, weight: 3 * SURE });
