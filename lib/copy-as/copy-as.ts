import type { CapturedRequest } from "../contract/requests.ts";
import { asCurl } from "./curl.ts";
import { asFetch } from "./fetch.ts";
import { asHttpie } from "./httpie.ts";
import type { CopyKind } from "./kinds.ts";
import { asPython } from "./python.ts";
import { asRaw } from "./raw.ts";
import { type CopyAs, readSource, type Source } from "./source.ts";

const programs: Record<Exclude<CopyKind, "raw">, (source: Source) => CopyAs> = {
  curl: asCurl,
  httpie: asHttpie,
  fetch: asFetch,
  python: asPython,
};

/**
 * A captured request as something that sends it again. What differs from the request is in the notes, except Host where
 * it is the URL's own, and how the body's length is told.
 * @param body as stored, whatever its size: a large one is read from a file by the text.
 * @param to the whole URL to send it to, as raw text; without it the one that its sender used.
 */
export function copyAs(
  kind: CopyKind,
  request: CapturedRequest,
  body: Uint8Array,
  to?: string,
): CopyAs {
  if (kind === "raw") return asRaw(request, body, to);
  return programs[kind](readSource(request, body, to ?? request.url));
}
