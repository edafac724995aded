import type { Place } from "../providers/provider.ts";
import type { Template } from "../providers/scheme.ts";
import { type Bytes, utf8, wireBytes } from "./bytes.ts";
import { decodeForHubSpot, escapeBeyondAscii, withoutPort, withPort } from "./derived.ts";
import type { Reader } from "./reader.ts";

/** A run of a message's bytes. */
export type Part = {
  /** Where it came from: a variable of the template, or "text" for what the scheme itself adds. */
  from: string;
  bytes: Uint8Array;
};

/** What a message is made of beside the scheme's own text. */
export type Material = {
  reader: Reader;
  /** As it is sent; undefined when it is not there. */
  time: string | undefined;
  /** Null: nobody has given one. */
  secret: string | null;
  /** What stands beside the signature in its own value. */
  items: readonly string[];
};

export type Filled = { parts: Part[]; absent: string[] };

const VARIABLE = /\{([^{}]+)\}/;

/** The template's variables, in their order. */
export const variablesOf = (template: Template): string[] =>
  template.split(VARIABLE).filter((_, at) => at % 2 === 1);

/** The message with its provenance, and the variables for which the request has no value. */
export function fill(template: Template, material: Material): Filled {
  const filled: Filled = { parts: [], absent: [] };
  for (const [at, piece] of template.split(VARIABLE).entries()) {
    const isVariable = at % 2 === 1;
    if (isVariable) add(filled, piece, valueOf(piece, material));
    else if (piece !== "") add(filled, "text", utf8(piece));
  }
  return filled;
}

export function add({ parts, absent }: Filled, from: string, bytes: Uint8Array | undefined): void {
  if (bytes) parts.push({ from, bytes });
  else absent.push(from);
}

const direct: Record<string, (material: Material) => Uint8Array | undefined> = {
  body: ({ reader }) => reader.request.body,
  "body-escaped": ({ reader }) => escapeBeyondAscii(reader.request.body),
  method: ({ reader }) => utf8(reader.request.method),
  url: ({ reader }) => utf8(reader.request.url),
  "url-decoded": ({ reader }) => utf8(decodeForHubSpot(reader.request.url)),
  "url-with-port": ({ reader }) => utf8(withPort(reader.request.url)),
  "url-without-port": ({ reader }) => utf8(withoutPort(reader.request.url)),
  time: ({ time }) => encoded(time),
  secret: ({ secret }) => utf8(secret ?? ""),
};

function valueOf(variable: string, material: Material): Uint8Array | undefined {
  if (variable.startsWith("item:")) return encoded(itemValue(material.items, variable.slice(5)));
  if (variable.startsWith("header:")) {
    const value = material.reader.first(variable as Place);
    return value === undefined ? undefined : wireBytes(value);
  }
  if (variable.includes(":")) return encoded(material.reader.first(variable as Place));
  const read = direct[variable];
  if (!read) throw new Error(`{${variable}} is no variable of a message`);
  return read(material);
}

/** What follows this beginning in the first item that has it. */
export const itemValue = (items: readonly string[], beginning: string): string | undefined =>
  items.find((item) => item.startsWith(beginning))?.slice(beginning.length);

const encoded = (text: string | undefined): Bytes | undefined =>
  text === undefined ? undefined : utf8(text);
