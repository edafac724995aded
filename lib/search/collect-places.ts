import type { SuggestedPlace, SuggestedType, Suggestions } from "../contract/suggestions.ts";
import { composeField, type PathKey, type SeenValue, writeValue } from "./compose.ts";
import { eachJsonLeaf } from "./json-leaves.ts";
import type { BodyValue } from "./json-values.ts";
import type { Subject } from "./subject.ts";

/** So much goes to a browser: some 100 KB where all of it is there. */
const PLACES_MAX = 400;
/** Of a place in a header, a query or a body; and of a field such as the event. */
const VALUES_MAX = 8;
const FACTS_MAX = 60;
/** Characters of a value. */
const VALUE_MAX = 60;
/** Values that one place remembers before the most frequent are taken. */
const REMEMBERED_MAX = 200;

type Place = { field: string; type: SuggestedType; counts: Map<string, number>; most: number };

/** Gathers the fields that requests have, and the values there, as a query would write them. */
export class PlaceCollector {
  readonly #places = new Map<string, Place>();
  #looked = 0;

  add(subject: Subject): void {
    this.#looked += 1;
    const { request, values } = subject;
    this.#addFact("method", request.method);
    this.#addFact("path", request.target.split("?")[0]);
    this.#addFact("provider", request.provider?.id);
    this.#addFact("event", request.provider?.event);
    this.#addFact("type", request.contentType?.split(";")[0]?.trim());
    this.#addFact("signature", request.signature.status);
    this.#addFact("status", request.response?.status.toString());
    this.#addFact("ip", request.remoteAddress);
    for (const state of subject.forwards) this.#addFact("forward", state);
    for (const [name, value] of request.headers) {
      this.#add({ field: "header", name: name.toLowerCase(), value });
    }
    for (const [name, value] of subject.query) this.#add({ field: "query", name, value });
    if (values.kind === "json") {
      eachJsonLeaf(values.text, (path, value) => this.#addLeaf(path, value));
    }
    if (values.kind === "form") {
      for (const { name, value } of values.fields) this.#add({ field: "form", name, value });
    }
  }

  /** A further value of a field, seen so often. */
  addFact(
    field: "method" | "provider" | "event" | "type" | "label",
    value: string,
    times: number,
  ): void {
    this.#addFact(field, value, times);
  }

  result(): Suggestions {
    const places = [...this.#places.values()].map(toSuggested);
    return { looked: this.#looked, places };
  }

  #addFact(field: Parameters<typeof factOf>[0], value: string | null | undefined, times = 1): void {
    if (value) this.#count(field, "text", factOf(field, value), FACTS_MAX, times);
  }

  #addLeaf(path: readonly PathKey[], value: BodyValue): void {
    this.#add({ field: "body", path, value }, typeOf(value));
  }

  #add(seen: SeenValue, type: SuggestedType = "text"): void {
    const field = composeField(seen);
    if (field) this.#count(field, type, writeValue(seen, VALUE_MAX), VALUES_MAX, 1);
  }

  #count(field: string, type: SuggestedType, value: string, most: number, times: number): void {
    let place = this.#places.get(field);
    if (!place) {
      if (this.#places.size >= PLACES_MAX) return;
      this.#places.set(field, (place = { field, type, counts: new Map(), most }));
    }
    const before = place.counts.get(value);
    if (before === undefined && place.counts.size >= REMEMBERED_MAX) return;
    place.counts.set(value, (before ?? 0) + times);
  }
}

const factOf = (
  field: Exclude<SeenValue["field"], "header" | "query" | "form" | "body">,
  value: string,
) => writeValue({ field, value }, VALUE_MAX);

function typeOf(value: BodyValue): SuggestedType {
  if (value.kind !== "literal") return "text";
  if (value.text === "null") return "null";
  return value.text === "true" || value.text === "false" ? "boolean" : "number";
}

function toSuggested({ field, type, counts, most }: Place): SuggestedPlace {
  const frequent = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, most);
  return { field, type, values: frequent.map(([value]) => value) };
}
