import type { Recognised } from "../contract/draft.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { Content } from "./content.ts";
import { EvidenceIndex, type Scores } from "./evidence.ts";
import { readFacts } from "./facts.ts";
import { type Provider, SURE } from "./provider.ts";
import { findProvider, providers } from "./providers.ts";

/** A second provider that is as near as this leaves it open who it was. */
const MARGIN = 3;

const index = new EvidenceIndex(providers);

/**
 * Who sent it, judged by all that speaks for one provider and against the others; null when unsure.
 * @param target what follows the bin, raw.
 * @param body null when there is none or it is large.
 */
export function recognise(
  headers: readonly HeaderPair[],
  target: string,
  body: Buffer | null,
): Recognised | null {
  const content = new Content(headers, target, body);
  const scores = index.ofHead(headers, target);
  // One sure candidate and no other: nothing in the body could change that.
  if (scores.size !== 1 || best(scores) === null) index.addBody(content, scores);
  const provider = best(scores);
  return provider && readFacts(provider, content);
}

function best(scores: Scores): Provider | null {
  let found: Provider | null = null;
  let [first, second] = [0, 0];
  for (const [provider, score] of scores) {
    if (score > first) {
      second = first;
      [found, first] = [provider, score];
    } else second = Math.max(second, score);
  }
  return first < SURE || first - second < MARGIN ? null : found;
}

/** What the request says when it was sent by this provider; null for one that is not known. */
export function readAs(
  providerId: string,
  headers: readonly HeaderPair[],
  target: string,
  body: Buffer | null,
): Recognised | null {
  const provider = findProvider(providerId);
  return provider && readFacts(provider, new Content(headers, target, body));
}
