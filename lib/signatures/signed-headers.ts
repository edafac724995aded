import { schemesOf } from "./schemes.ts";
import { variablesOf } from "./template.ts";

const HEADER = "header:";

/** The headers that a check of a provider's signature reads, in lower case; the name of one may end in `*`. */
export function signedHeaders(providerId: string): string[] {
  const places = schemesOf(providerId).flatMap(
    ({ signature, time, marker, bodyDigest, message }) => [
      ...signature.at,
      ...(time?.at ?? []),
      ...(marker ? [marker.at] : []),
      ...(bodyDigest ? [bodyDigest.at] : []),
      ...("canonical" in message ? [] : message.flatMap(variablesOf)),
    ],
  );
  const headers = places.filter((place) => place.startsWith(HEADER));
  return [...new Set(headers.map((place) => place.slice(HEADER.length).toLowerCase()))];
}
