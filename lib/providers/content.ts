import { type HeaderPair, headerValue } from "../contract/headers.ts";
import type { Place } from "./provider.ts";
import { JsonMembers } from "./json-members.ts";
import { readForm } from "./read-form.ts";
import { parsePath, type Path, valueAt } from "./path.ts";

/** A request as recognition reads it: its body is parsed when somebody asks for all of it, once. */
export class Content {
  readonly headers: readonly HeaderPair[];
  readonly #body: Buffer | null;
  readonly #target: string;
  #json: { value: unknown } | undefined;
  #members: JsonMembers | undefined;
  #form: URLSearchParams | undefined;

  /** `target` is what follows the bin; `body`: null when there is none, or too much of it. */
  constructor(headers: readonly HeaderPair[], target: string, body: Buffer | null) {
    this.headers = headers;
    this.#target = target;
    this.#body = body;
  }

  get body(): Buffer | null {
    return this.#body;
  }

  /** Undefined for what is no JSON. */
  get json(): unknown {
    this.#json ??= { value: parseJson(this.#body?.toString()) };
    return this.#json.value;
  }

  get form(): URLSearchParams {
    this.#form ??= readForm((this.isForm && this.#body?.toString("latin1")) || "");
    return this.#form;
  }

  get query(): URLSearchParams {
    const mark = this.#target.indexOf("?");
    return new URLSearchParams(mark < 0 ? "" : this.#target.slice(mark + 1));
  }

  get isForm(): boolean {
    return /^application\/x-www-form-urlencoded/i.test(
      headerValue(this.headers, "content-type") ?? "",
    );
  }

  /** As text; undefined when nothing stands there, or no text, number, true or false. */
  read({ from, name, path }: ReadPlace): string | undefined {
    if (from === "key") return this.#valueAt([name]) === undefined ? undefined : name;
    if (from === "xml") return elementOf(this.form.get(name), path?.[0]);
    if (from === "header") return headerValue(this.headers, name);
    if (from === "query") return this.query.get(name) ?? undefined;
    if (from === "form" && !path) return this.form.get(name) ?? undefined;
    const value =
      from === "form"
        ? valueAt(parseJson(this.form.get(name) ?? undefined), path ?? [])
        : this.#valueAt(path ?? []);
    return isScalar(value) ? String(value) : undefined;
  }

  #valueAt(path: Path): unknown {
    if (this.#json || !this.#body) return valueAt(this.json, path);
    this.#members ??= new JsonMembers(this.#body);
    return this.#members.at(path);
  }
}

export type ReadPlace = {
  from: "header" | "query" | "form" | "json" | "key" | "xml";
  name: string;
  path: Path | null;
};

export function readPlace(place: Place): ReadPlace {
  const colon = place.indexOf(":");
  const [kind, what] = [place.slice(0, colon), place.slice(colon + 1)];
  if (kind === "json") return { from: "json", name: "", path: parsePath(what) };
  const [from, field] = kind.split(".");
  if (field !== undefined) {
    return { from: from === "xml" ? "xml" : "form", name: field, path: parsePath(what) };
  }
  return { from: from as "header" | "query" | "form" | "key", name: what, path: null };
}

/** What a sender says of an event stands in front of what the event is about. */
const XML_CHARACTERS_MAX = 2_048;

/** The text of the first element of a name. Its name is a row's, the XML a stranger's. */
function elementOf(base64: string | null, name: string | number | undefined): string | undefined {
  if (base64 === null) return undefined;
  const xml = Buffer.from(base64.slice(0, XML_CHARACTERS_MAX), "base64").toString();
  return new RegExp(`<${name}(?: [^<>]*)?>([^<]+)</${name}>`).exec(xml)?.[1];
}

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
