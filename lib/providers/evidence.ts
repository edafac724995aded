import { type HeaderPair, headerValue } from "../contract/headers.ts";
import type { Content } from "./content.ts";
import { parsePath, type Path, valueAt } from "./path.ts";
import { type Evidence, type Provider, SURE } from "./provider.ts";

type Weighed = { provider: Provider; weight: number };
type OfHeader = Weighed & { value: RegExp | null };
type Shape = Weighed & {
  paths: readonly Path[];
  where: readonly [Path, RegExp][];
  beside: string | null;
};
type OfForm = Weighed & { fields: readonly string[] };

/** What was found for each provider so far. */
export type Scores = Map<Provider, number>;

/** As much of a body's head and tail as is looked at for keys that only some providers use. */
const HEAD_BYTES = 2_048;
const TAIL_BYTES = 512;

/**
 * The evidence of all providers, turned round: from what stands in a request to whom it speaks for. Capture asks it for
 * each request, so that a request of an unknown sender costs one look per header and one pass over the body's ends.
 */
export class EvidenceIndex {
  readonly #headers = new Map<string, OfHeader[]>();
  readonly #lengths = new Set<number>();
  readonly #agents = new Map<string, Weighed[]>();
  readonly #queries = new Map<string, Weighed[]>();
  readonly #forms: OfForm[] = [];
  readonly #shapes: Shape[] = [];
  /** One of these stands in every body whose shape alone makes a provider sure. */
  readonly #telltale: RegExp;

  constructor(providers: readonly Provider[]) {
    for (const provider of providers) {
      for (const evidence of provider.evidence) this.#add(provider, evidence);
    }
    for (const name of this.#headers.keys()) this.#lengths.add(name.length);
    const keys = this.#shapes.filter(isSureAlone).map(({ paths }) => longestKey(paths));
    this.#telltale = new RegExp(`"(?:${[...new Set(keys)].join("|")})"`);
  }

  #add(provider: Provider, evidence: Evidence): void {
    const { weight } = evidence;
    if ("header" in evidence) {
      const entry = { provider, weight, value: evidence.value ?? null };
      push(this.#headers, evidence.header, entry);
    } else if ("agent" in evidence) push(this.#agents, evidence.agent, { provider, weight });
    else if ("query" in evidence) push(this.#queries, evidence.query, { provider, weight });
    else if ("form" in evidence) this.#forms.push({ provider, weight, fields: evidence.form });
    else {
      const { json, where, beside = null } = evidence;
      const matches = Object.entries(where).map(([path, value]): [Path, RegExp] => [
        parsePath(path),
        value,
      ]);
      this.#shapes.push({ provider, weight, paths: json.map(parsePath), where: matches, beside });
      if (beside) push(this.#headers, beside, { provider, weight: 0, value: null });
    }
  }

  /** What the head says: headers, the User-Agent's first product, the query's names. */
  ofHead(headers: readonly HeaderPair[], target: string): Scores {
    const scores: Scores = new Map();
    for (const [at, [given, value]] of headers.entries()) {
      if (!this.#lengths.has(given.length) && given.length !== AGENT.length) continue;
      const name = given.toLowerCase();
      for (const entry of this.#headers.get(name) ?? []) {
        const speaks = !entry.value || entry.value.test(value);
        if (speaks && !hasSpoken(headers, at, name, entry.value)) add(scores, entry);
      }
      if (name !== AGENT) continue;
      for (const entry of this.#agents.get(product(value)) ?? [])
        if (!hasSpoken(headers, at, name, null)) add(scores, entry);
    }
    const query = target.indexOf("?");
    if (query >= 0) this.#ofQuery(target.slice(query + 1), scores);
    return scores;
  }

  #ofQuery(query: string, scores: Scores): void {
    for (const pair of query.split("&", 16)) {
      const [name = ""] = pair.split("=", 1);
      for (const entry of this.#queries.get(name) ?? []) add(scores, entry);
    }
  }

  /** Adds what the body says: for the providers that have a score, or, when there is none, for all. */
  addBody(content: Content, scores: Scores): void {
    const isOpen = scores.size === 0;
    const asked = ({ provider }: Weighed) => isOpen || scores.has(provider);
    if (content.isForm) {
      for (const entry of this.#forms) {
        if (asked(entry) && entry.fields.every((field) => content.form.has(field)))
          add(scores, entry);
      }
      return;
    }
    if (isOpen && !this.#hasTelltale(content.body)) return;
    for (const shape of this.#shapes) {
      if (asked(shape) && isThere(shape, content)) add(scores, shape);
    }
  }

  #hasTelltale(body: Buffer | null): boolean {
    if (!body) return false;
    if (this.#telltale.test(body.toString("latin1", 0, HEAD_BYTES))) return true;
    const tail = Math.max(HEAD_BYTES, body.length - TAIL_BYTES);
    return tail < body.length && this.#telltale.test(body.toString("latin1", tail));
  }
}

const AGENT = "user-agent";

/** A header that is there several times speaks once: a hint that is repeated makes nobody sure. */
const hasSpoken = (
  headers: readonly HeaderPair[],
  at: number,
  name: string,
  pattern: RegExp | null,
): boolean =>
  headers.some(
    ([given, value], before) =>
      before < at &&
      given.length === name.length &&
      given.toLowerCase() === name &&
      (!pattern || pattern.test(value)),
  );

const product = (agent: string): string => (/^[^\s/]{1,64}/.exec(agent)?.[0] ?? "").toLowerCase();

const isSureAlone = ({ weight, beside }: Shape): boolean => weight >= SURE && !beside;

function longestKey(paths: readonly Path[]): string {
  const keys = paths.flat().filter((key) => typeof key === "string");
  return keys.reduce((longest, key) => (key.length > longest.length ? key : longest), "");
}

function isThere({ paths, where, beside }: Shape, { headers, json }: Content): boolean {
  if (beside && headerValue(headers, beside) === undefined) return false;
  if (typeof json !== "object" || json === null) return false;
  if (paths.some((path) => valueAt(json, path) === undefined)) return false;
  return where.every(([path, pattern]) => {
    const value = valueAt(json, path);
    return typeof value === "string" && pattern.test(value);
  });
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function add(scores: Scores, { provider, weight }: Weighed): void {
  scores.set(provider, (scores.get(provider) ?? 0) + weight);
}
