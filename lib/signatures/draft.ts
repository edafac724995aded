import type { HeaderPair } from "../contract/headers.ts";
import type { Place } from "../providers/provider.ts";
import { headerTest } from "./reader.ts";
import { setFormValue } from "./set-form-value.ts";
import { setJsonValue } from "./set-json-value.ts";
import type { SignedRequest } from "./subject.ts";

/** A request that is about to be signed. */
export type Draft = {
  method: string;
  url: string;
  headers: readonly HeaderPair[];
  body: Uint8Array;
};

export const toRequest = (draft: Draft, receivedAtMs = 0): SignedRequest => ({
  ...draft,
  isBodyWhole: true,
  receivedAtMs,
});

/** The same with a value at a place; null where the request has no room for it, as in a body that is no JSON. */
export function setValue(draft: Draft, place: Place, value: string): Draft | null {
  const colon = place.indexOf(":");
  const [kind, name] = [place.slice(0, colon), place.slice(colon + 1)];
  if (kind === "header") return { ...draft, headers: setHeader(draft.headers, name, value) };
  if (kind !== "json" && kind !== "form") return null;
  const set = kind === "json" ? setJsonValue : setFormValue;
  const body = set(draft.body, name, value);
  return body && { ...draft, body };
}

/** In its place and its own letter case; what else has that name goes. A header that is not there comes last. */
function setHeader(headers: readonly HeaderPair[], name: string, value: string): HeaderPair[] {
  const isNamed = headerTest(name);
  const first = headers.findIndex(([given]) => isNamed(given));
  if (first < 0) return [...headers, [name.replace("*", "1"), value]];
  return headers.flatMap(([given, old], at): HeaderPair[] => {
    if (!isNamed(given)) return [[given, old]];
    return at === first ? [[given, value]] : [];
  });
}

export function dropHeader(draft: Draft, name: string): Draft {
  const isNamed = headerTest(name);
  return { ...draft, headers: draft.headers.filter(([given]) => !isNamed(given)) };
}
