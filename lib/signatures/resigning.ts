import { providers } from "../providers/providers.ts";
import type { Scheme } from "../providers/scheme.ts";
import { schemesOf } from "./schemes.ts";
import { signsUrl } from "./signs-url.ts";

/** What becomes of a request that is signed again. */
export type Resigning = {
  /** The URL is signed too, so it is signed for one target. */
  isForUrl: boolean;
  /** It gets the time of sending. */
  hasFreshTime: boolean;
  /** The signature or its time stands in the body, which changes there. */
  changesBody: boolean;
  /** Headers with ids, which stay as they came. */
  keeps: readonly string[];
};

/**
 * Null for a provider that signs nothing, and for one whose signatures nobody but itself can make, unless the bin has a key
 * of its own.
 */
export function resigningOf(providerId: string, hasOwnKey: boolean): Resigning | null {
  const schemes = schemesOf(providerId).filter(
    ({ proof }) => hasOwnKey || proof.kind !== "public-key",
  );
  if (schemes.length === 0) return null;
  return {
    isForUrl: signsUrl(providerId),
    hasFreshTime: schemes.some(({ time }) => time !== undefined),
    changesBody: schemes.every(isInBody),
    keeps: idHeadersOf(providerId),
  };
}

const isInBody = ({ signature, time }: Scheme): boolean =>
  [...signature.at, ...(time?.at ?? [])].some((at) => /^(json|form)\b/.test(at));

function idHeadersOf(providerId: string): string[] {
  const places = providers.find(({ id }) => id === providerId)?.deliveryId ?? [];
  const headers = places.filter((place) => place.startsWith("header:"));
  return headers.map((place) => place.slice("header:".length));
}
