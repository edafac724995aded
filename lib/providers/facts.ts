import type { Recognised } from "../contract/draft.ts";
import { type Content, type ReadPlace, readPlace } from "./content.ts";
import { readMoment } from "./moment.ts";
import type { Place, Provider } from "./provider.ts";
import { providers } from "./providers.ts";

/** What a provider puts here is short; a hostile sender's value is cut for the list. */
const VALUE_CHARACTERS_MAX = 256;

const rows = new Map(providers.map((provider) => [provider, readPlaces(provider)]));

function readPlaces(provider: Provider) {
  const { event = [], action, eventId = [], account = [], deliveryId = [] } = provider;
  const { mode, occurredAt = [], attempt } = provider;
  const readAll = (all: readonly Place[]) => all.map(readPlace);
  return {
    event: readAll(event),
    action: readAll(action ? [action] : []),
    eventId: readAll(eventId),
    account: readAll(account),
    mode: mode && {
      place: readPlace(mode.place),
      live: mode.live.toLowerCase(),
      test: mode.test.toLowerCase(),
    },
    occurredAt: occurredAt.map(({ place, unit }) => ({ place: readPlace(place), unit })),
    deliveryId: readAll(deliveryId),
    attempt: readAll(attempt ? [attempt.place] : []),
    /** What is added to the attempt's number so that the first try is 1. */
    attemptOffset: attempt?.first === 0 ? 1 : 0,
  };
}

type Places = ReturnType<typeof readPlaces>;

/** What a request says in its provider's own words. */
export function readFacts(provider: Provider, content: Content): Recognised {
  const places = rows.get(provider) ?? readPlaces(provider);
  const [what, how] = [read(content, places.event), read(content, places.action)];
  return {
    id: provider.id,
    event: what && how ? `${what}.${how}` : (what ?? how),
    deliveryId: read(content, places.deliveryId),
    attempt: toAttempt(read(content, places.attempt), places.attemptOffset),
    eventId: read(content, places.eventId),
    account: read(content, places.account),
    mode: readMode(content, places.mode),
    occurredAtUs: readTime(content, places.occurredAt),
  };
}

function read(content: Content, all: readonly ReadPlace[]): string | null {
  for (const place of all) {
    const value = content.read(place);
    if (value) return clean(value);
  }
  return null;
}

function readMode(content: Content, mode: Places["mode"]): Recognised["mode"] {
  const value = mode && content.read(mode.place)?.toLowerCase();
  if (!mode || value === undefined) return null;
  if (value === mode.live) return "live";
  return value === mode.test ? "test" : null;
}

function readTime(content: Content, all: Places["occurredAt"]): number | null {
  for (const { place, unit } of all) {
    const moment = readMoment(content.read(place) ?? "", unit);
    if (moment !== null) return moment;
  }
  return null;
}

/** The first of a delivery's tries often says nothing of itself: then it is not known to be one. */
function toAttempt(text: string | null, offset: number): number | null {
  return text && /^\d{1,6}$/.test(text) ? Number(text) + offset : null;
}

/** Postgres text can hold no NUL, and no lone surrogate. */
const clean = (value: string): string =>
  value.slice(0, VALUE_CHARACTERS_MAX).toWellFormed().replaceAll("\0", "\ufffd");
