import { parsePath, valueAt } from "../providers/path.ts";
import type { Place } from "../providers/provider.ts";
import { readForm } from "../providers/read-form.ts";
import type { CanonicalName, Scheme } from "../providers/scheme.ts";
import { concat, encode } from "./bytes.ts";
import type { SignedRequest } from "./subject.ts";

/** A list as long as a hostile sender likes is looked at as far as this. */
export const VALUES_MAX = 128;

/** The elements of a batch, each signed on its own. A longer one is none: a part of it would say nothing of the rest. */
const ELEMENTS_MAX = 1_000;
/** No sender that puts a signature into its bodies sends larger ones, and reading a hostile one takes a second. */
const PARSED_BYTES_MAX = 4 * 1024 * 1024;

const readers = new WeakMap<SignedRequest, Reader>();

/** One for all schemes and secrets, so that a body is parsed once. */
export function readerOf(request: SignedRequest): Reader {
  const known = readers.get(request);
  if (known) return known;
  const reader = new Reader(request);
  readers.set(request, reader);
  return reader;
}

/** For schemes that sign the body's hash: a plan waits for nothing, so this comes before. */
export async function hashBody(request: SignedRequest, schemes: readonly Scheme[]): Promise<void> {
  const isSigned = schemes.some(
    ({ message }) => "canonical" in message && HASHING.has(message.canonical),
  );
  if (!isSigned || !request.isBodyWhole) return;
  const digest = await crypto.subtle.digest("SHA-256", concat([request.body]));
  readerOf(request).bodySha256 = encode(new Uint8Array(digest), "hex");
}

const HASHING: ReadonlySet<CanonicalName> = new Set(["fal"]);

/** What stands at the places of a request. Its body is parsed when somebody asks, once. */
export class Reader {
  readonly request: SignedRequest;
  /** In hex; known once `hashBody` has been waited for. */
  bodySha256: string | undefined;
  #json: { value: unknown } | undefined;
  #form: URLSearchParams | undefined;

  constructor(request: SignedRequest) {
    this.request = request;
  }

  /**
   * All values there, as text. Undefined stands for one that has none: only in a list, by a JSON path with `[*]`, whose
   * elements all count.
   */
  all(place: Place): (string | undefined)[] {
    const colon = place.indexOf(":");
    const [kind, name] = [place.slice(0, colon), place.slice(colon + 1)];
    if (kind === "header") return this.#headers(name);
    if (kind === "query") return this.#query.getAll(name).slice(0, VALUES_MAX);
    if (kind === "form") return this.form.getAll(name).slice(0, VALUES_MAX);
    if (kind === "json") return this.#inJson(name);
    throw new Error(`signatures are not read from ${place}`);
  }

  first(place: Place): string | undefined {
    return this.all(place)[0];
  }

  /** Undefined for what is no JSON, or too much of it. */
  get json(): unknown {
    this.#json ??= { value: parseJson(this.#parsed) };
    return this.#json.value;
  }

  get form(): URLSearchParams {
    this.#form ??= readForm(new TextDecoder().decode(this.#parsed));
    return this.#form;
  }

  get #parsed(): Uint8Array {
    const { body } = this.request;
    return body.length > PARSED_BYTES_MAX ? new Uint8Array() : body;
  }

  get #query(): URLSearchParams {
    const { url } = this.request;
    const mark = url.indexOf("?");
    return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
  }

  #headers(pattern: string): string[] {
    const isNamed = headerTest(pattern);
    const found = this.request.headers.filter(([name]) => isNamed(name));
    return found.slice(0, VALUES_MAX).map(([, value]) => value);
  }

  #inJson(path: string): (string | undefined)[] {
    const [list, element] = path.split("[*]", 2);
    if (element === undefined) {
      const text = toText(valueAt(this.json, parsePath(path)));
      return text === undefined ? [] : [text];
    }
    const values = valueAt(this.json, parsePath(list ?? ""));
    if (!Array.isArray(values)) return [];
    if (values.length > ELEMENTS_MAX) return [undefined];
    return values.map((value) => toText(valueAt(value, parsePath(element))));
  }
}

/** By a name in any letter case, or by its beginning when it ends in `*`. */
export function headerTest(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.endsWith("*")) return (name) => name.toLowerCase() === wanted;
  const beginning = wanted.slice(0, -1);
  return (name) => name.toLowerCase().startsWith(beginning);
}

const toText = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
