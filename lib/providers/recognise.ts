import type { HeaderPair } from "../contract/headers.ts";
import type { RecognisedProvider } from "../contract/requests.ts";
import { Content, type ReadPlace, readPlace } from "./content.ts";
import { EvidenceIndex, type Scores } from "./evidence.ts";
import { type Place, type Provider, SURE } from "./provider.ts";
import { providers } from "./providers.ts";

/** A second provider that is as near as this leaves it open who it was. */
const MARGIN = 3;
/** What a provider puts here is short; a hostile sender's value is cut for the list. */
const VALUE_CHARACTERS_MAX = 256;

const index = new EvidenceIndex(providers);
const places = new Map(providers.map((provider) => [provider, readPlaces(provider)]));

function readPlaces({ event = [], action, deliveryId = [], attempt }: Provider) {
  const readAll = (all: readonly Place[]) => all.map(readPlace);
  return {
    event: readAll(event),
    action: readAll(action ? [action] : []),
    deliveryId: readAll(deliveryId),
    attempt: readAll(attempt ? [attempt.place] : []),
    /** What is added to the attempt's number so that the first try is 1. */
    attemptOffset: attempt?.first === 0 ? 1 : 0,
  };
}

/**
 * Who sent it, judged by all that speaks for one provider and against the others; null when unsure.
 * @param target what follows the bin, raw.
 * @param body null when there is none or it is large.
 */
export function recognise(
  headers: readonly HeaderPair[],
  target: string,
  body: Buffer | null,
): Omit<RecognisedProvider, "name"> | null {
  const content = new Content(headers, target, body);
  const scores = index.ofHead(headers, target);
  // One sure candidate and no other: nothing in the body could change that.
  if (scores.size !== 1 || best(scores) === null) index.addBody(content, scores);
  const provider = best(scores);
  return provider && describe(provider, content);
}

function best(scores: Scores): Provider | null {
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (!first || first[1] < SURE) return null;
  return second && first[1] - second[1] < MARGIN ? null : first[0];
}

function describe(provider: Provider, content: Content): Omit<RecognisedProvider, "name"> {
  const { event, action, deliveryId, attempt, attemptOffset } =
    places.get(provider) ?? readPlaces(provider);
  const [what, how] = [read(content, event), read(content, action)];
  return {
    id: provider.id,
    event: what && how ? `${what}.${how}` : (what ?? how),
    deliveryId: read(content, deliveryId),
    attempt: toAttempt(read(content, attempt), attemptOffset),
  };
}

function read(content: Content, all: readonly ReadPlace[]): string | null {
  for (const place of all) {
    const value = content.read(place);
    if (value) return clean(value);
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
