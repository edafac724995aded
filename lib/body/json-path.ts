import type { PathKey } from "../search/compose.ts";
import type { BodyValue } from "../search/json-values.ts";
import { lexScalar, skipSpace } from "./json-lex.ts";
import { jsonTokens } from "./json-lines.ts";
import type { JsonLines } from "./json-scan.ts";

/** The path to what a line holds (RFC 9535): `$.data.items[3]["a key"]`. A closing bracket's is that of its block. */
export function jsonPath(json: JsonLines, line: number): string {
  const { steps } = stepsTo(json, line);
  return `$${steps.map((step) => (typeof step === "number" ? `[${step}]` : memberStep(step))).join("")}`;
}

/**
 * What a search finds of a line: the way to it, by names and any element of a list, and its value. Null for the second
 * and later values of a sequence, which are not searched.
 */
export function jsonSeen(
  json: JsonLines,
  line: number,
): { path: PathKey[]; value: BodyValue; end: number } | null {
  const { steps, root } = stepsTo(json, line);
  if (root !== 0) return null;
  const path = steps.map((step) => (typeof step === "number" ? null : unquote(step)));
  const opener = isCloser(json, line) ? openerOf(json, line) : line;
  const token = jsonTokens(json, opener)[quotedKey(json, opener) === null ? 0 : 2];
  if (!token) return null;
  const text = json.text.slice(token.from, token.to);
  if (token.kind === "mark") return { path, value: { kind: "group" }, end: token.to };
  const isText = token.kind === "string";
  return {
    path,
    value: { kind: isText ? "text" : "literal", text: isText ? unquote(text) : text },
    end: token.to,
  };
}

/** The names, still quoted, and the places on the way to a line, and the line where its document begins. */
function stepsTo(json: JsonLines, line: number): { steps: (string | number)[]; root: number } {
  const steps: (string | number)[] = [];
  let at = isCloser(json, line) ? openerOf(json, line) : line;
  for (let depth = json.depths.at(at) ?? 0; depth > 0; depth -= 1) {
    const key = quotedKey(json, at);
    const { parent, index } = climb(json, at, depth);
    steps.push(key ?? index);
    at = parent;
  }
  return { steps: steps.toReversed(), root: at };
}

/** What a line holds: a string without its quotes and escapes, all else as it was sent. */
export function jsonValue(json: JsonLines, line: number): string {
  const opener = isCloser(json, line) ? openerOf(json, line) : line;
  const tokens = jsonTokens(json, opener);
  const start = quotedKey(json, opener) === null ? tokens[0] : tokens[2];
  if (!start) return "";
  const close = json.closes.at(opener) ?? -1;
  if (close !== -1) return json.text.slice(start.from, (json.starts.at(close) ?? start.from) + 1);
  if (start.kind === "string") return unquote(json.text.slice(start.from, start.to));
  const empty = tokens.find(({ from }) => "}]".includes(json.text.charAt(from)));
  return json.text.slice(start.from, (start.kind === "mark" && empty ? empty : start).to);
}

/** A string without its quotes and escapes, or a number, with its member's name. Null for all else, and beyond `charsMax`. */
export function jsonScalar(
  json: JsonLines,
  line: number,
  charsMax: number,
): { name: string; value: string } | null {
  const from = json.starts.at(line) ?? 0;
  const to = json.starts.at(line + 1) ?? json.text.length;
  if (to - from > charsMax || (json.closes.at(line) ?? -1) !== -1) return null;
  const key = quotedKey(json, line);
  const token = jsonTokens(json, line)[key === null ? 0 : 2];
  if (token?.kind !== "string" && token?.kind !== "number") return null;
  const text = json.text.slice(token.from, token.to);
  return {
    name: key === null ? "" : unquote(key),
    value: token.kind === "string" ? unquote(text) : text,
  };
}

function unquote(text: string): string {
  return JSON.parse(text) as string;
}

/** The name of the member that a line holds, as it was written; null where it holds none. */
export function quotedKey(json: JsonLines, line: number): string | null {
  const start = json.starts.at(line) ?? 0;
  if (json.text[start] !== '"') return null;
  const lexed = lexScalar(json.text, start);
  if (!("end" in lexed) || json.text[skipSpace(json.text, lexed.end)] !== ":") return null;
  return json.text.slice(start, lexed.end);
}

/** A step of a path, by a name as it was written. */
export function memberStep(quoted: string): string {
  const name = unquote(quoted);
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The line of the block that a line is in, and its place among that block's values. */
function climb(json: JsonLines, line: number, depth: number): { parent: number; index: number } {
  let index = 0;
  for (let at = line - 1; at >= 0; at -= 1) {
    const other = json.depths.at(at) ?? 0;
    if (other < depth) return { parent: at, index };
    if (other === depth && !isCloser(json, at)) index += 1;
  }
  return { parent: 0, index };
}

function isCloser(json: JsonLines, line: number): boolean {
  const first = json.text[json.starts.at(line) ?? 0];
  return first === "}" || first === "]";
}

function openerOf(json: JsonLines, line: number): number {
  const depth = json.depths.at(line);
  for (let at = line - 1; at >= 0; at -= 1) {
    if (json.depths.at(at) === depth && json.closes.at(at) === line) return at;
  }
  return line;
}
