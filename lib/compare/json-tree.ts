import { lexScalar, skipSpace } from "../body/json-lex.ts";
import { memberStep, quotedKey } from "../body/json-path.ts";
import type { JsonLines } from "../body/json-scan.ts";
import type { Slices } from "../body/slices.ts";
import { hashText, mixHash } from "./hash.ts";

export type JsonType = "object" | "array" | "string" | "number" | "literal";

/** Values looked at in one go. */
const SLICE = 512;

const OPENERS: Record<string, JsonType> = { "{": "object", "[": "array", '"': "string" };

/** The values of a scanned JSON text, each known by the line that it begins on. */
export class JsonTree {
  readonly json: JsonLines;
  private readonly hashes: Float64Array;

  private constructor(json: JsonLines) {
    this.json = json;
    this.hashes = new Float64Array(json.count);
  }

  static *of(json: JsonLines): Slices<JsonTree> {
    const tree = new JsonTree(json);
    // From the end, so that what is within a value is known before it.
    for (let line = json.count - 1; line >= 0; line -= 1) {
      tree.hashes[line] = yield* tree.hashOf(line);
      if (line % SLICE === SLICE - 1) yield;
    }
    return tree;
  }

  /** Equal values have equal ones: numbers as they are written, texts by their characters, members by their order. */
  hash(line: number): number {
    return this.hashes[line] ?? 0;
  }

  type(line: number): JsonType {
    const char = this.json.text.charAt(this.valueFrom(line));
    return OPENERS[char] ?? ("tfn".includes(char) ? "literal" : "number");
  }

  /** How many lines it takes. */
  span(line: number): number {
    const close = this.close(line);
    return close === -1 ? 1 : close - line + 1;
  }

  /** The line of its closing bracket, or -1. */
  close(line: number): number {
    return this.json.closes.at(line) ?? -1;
  }

  /** The lines of what is right within it; of -1 those of the values of the text itself, of which there may be several. */
  *children(line: number): Slices<number[]> {
    const end = line === -1 ? this.json.count : this.close(line);
    const lines: number[] = [];
    for (let at = line + 1; at < end; at += this.span(at)) {
      lines.push(at);
      if (lines.length % SLICE === 0) yield;
    }
    return lines;
  }

  /** The name of a member, without escapes. */
  key(line: number): string {
    const quoted = quotedKey(this.json, line);
    return quoted === null ? "" : plain(quoted);
  }

  step(line: number): string {
    const quoted = quotedKey(this.json, line);
    return quoted === null ? "" : memberStep(quoted);
  }

  /** A value as it was written. */
  written(line: number): string {
    const { text, starts } = this.json;
    const from = this.valueFrom(line);
    const close = this.close(line);
    if (close !== -1) return text.slice(from, (starts.at(close) ?? from) + 1);
    return text.slice(from, this.valueEnd(from));
  }

  private valueEnd(from: number): number {
    const { text } = this.json;
    if ("{[".includes(text.charAt(from))) return skipSpace(text, from + 1) + 1;
    const lexed = lexScalar(text, from);
    return "end" in lexed ? lexed.end : from + 1;
  }

  private valueFrom(line: number): number {
    const { text, starts } = this.json;
    const from = starts.at(line) ?? 0;
    const quoted = quotedKey(this.json, line);
    if (quoted === null) return from;
    return skipSpace(text, skipSpace(text, from + quoted.length) + 1);
  }

  private *hashOf(line: number): Slices<number> {
    const from = this.valueFrom(line);
    const { text } = this.json;
    const open = text.charAt(from);
    if (open !== "{" && open !== "[") return hashScalar(text, from, this.valueEnd(from));
    let hash = hashText(open);
    let count = 0;
    const end = this.close(line);
    for (let at = line + 1; at < end; at += this.span(at)) {
      if (open === "{") hash = mixHash(hash, hashText(this.key(at)));
      hash = mixHash(hash, this.hash(at));
      count += 1;
      if (count % SLICE === 0) yield;
    }
    return hash;
  }
}

/** A text is told from the number that it looks like by its quotes. */
function hashScalar(text: string, from: number, to: number): number {
  if (text.charAt(from) !== '"') return hashText(text, from, to);
  const quoted = text.slice(from, to);
  if (!quoted.includes("\\")) return hashText(text, from, to);
  return hashText(`"${plain(quoted)}"`);
}

function plain(quoted: string): string {
  return quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}
