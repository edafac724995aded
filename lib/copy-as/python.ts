import type { HeaderPair } from "../contract/headers.ts";
import { asText, base64Lines, isAscii } from "./bytes.ts";
import { BODY_FILE } from "./kinds.ts";
import { latin1Literal, pythonLiterals } from "./literal.ts";
import {
  type CopyAs,
  codingNotes,
  hasHeader,
  lineNotes,
  noteOf,
  type Source,
  trailerNotes,
} from "./source.ts";
import { DOT_SEGMENT, dotsNote, isRewritten, rewriteNote } from "./target.ts";

/** What Python's HTTP library sends of its own unless it is told to skip it. */
const SKIPPABLE = ["User-Agent", "Accept-Encoding"];

type Value = { imports: string[]; lines: string[] };

/** A program for Python 3 with requests. */
export function asPython(source: Source): CopyAs {
  const { target } = source;
  const headers = joinHeaders(source.headers);
  const skipped = SKIPPABLE.filter((name) => !hasHeader(source.headers, name.toLowerCase()));
  const data = dataOf(source);
  const imports = [...data.imports, "import requests"];
  if (skipped.length > 0) imports.push("from urllib3.util import SKIP_HEADER");
  const lines = [
    ...imports,
    "",
    "session = requests.Session()",
    "session.headers.clear()",
    "response = session.request(",
    `    ${latin1Literal(source.method)},`,
    `    ${latin1Literal(source.origin + target)},`,
    "    headers={",
    ...headers.map(
      ({ name, values }) => `        ${latin1Literal(name)}: ${valueOf(name, values)},`,
    ),
    ...skipped.map((name) => `        "${name}": SKIP_HEADER,`),
    "    },",
    ...data.lines.map((line) => `    ${line}`),
    "    allow_redirects=False,",
    ")",
    "print(response.status_code, response.text)",
  ];
  return { text: `${lines.join("\n")}\n`, notes: notesOf(source, headers) };
}

type Joined = { name: string; names: string[]; values: string[] };

/** A dictionary holds each name once, in whatever letter case: the first stands for all. */
function joinHeaders(headers: readonly HeaderPair[]): Joined[] {
  const sent = headers.filter(([name]) => !/^transfer-encoding$/i.test(name));
  const groups = Map.groupBy(sent, ([name]) => name.toLowerCase());
  return [...groups.values()].map((group) => ({
    name: group[0]?.[0] ?? "",
    names: group.map(([name]) => name),
    values: group.map(([, value]) => value),
  }));
}

/** RFC 9110 5.3 joins with a comma, RFC 6265 5.4 cookies with a semicolon. */
function valueOf(name: string, values: readonly string[]): string {
  const value = values.join(/^cookie$/i.test(name) ? "; " : ", ");
  return `${isAscii(value) ? "" : "b"}${latin1Literal(value)}`;
}

/** A generator is what makes requests send chunks. */
function dataOf(source: Source): Value {
  const { body, chunked } = source;
  if (body.length === 0) return { imports: [], lines: chunked ? ["data=iter([]),"] : [] };
  const { imports, lines } = bytesOf(source);
  const [open, close] = chunked ? ["data=iter([", "]),"] : ["data=", ","];
  if (lines.length === 1) return { imports, lines: [`${open}${lines[0]}${close}`] };
  const [first = "", ...others] = lines;
  const last = others.pop() ?? "";
  return { imports, lines: [open + first, ...others, last + close] };
}

function bytesOf({ body, inFile }: Source): Value {
  if (inFile) {
    return {
      imports: ["from pathlib import Path", ""],
      lines: [`Path("${BODY_FILE}").read_bytes()`],
    };
  }
  const text = asText(body);
  if (text === null) {
    const lines = [`base64.b64decode("${base64Lines(body).join("")}")`];
    return { imports: ["import base64", ""], lines };
  }
  const ascii = isAscii(text);
  const literals = pythonLiterals(text, ascii ? "b" : "");
  const encode = ascii ? "" : ".encode()";
  if (literals.length === 1) return { imports: [], lines: [`${literals[0]}${encode}`] };
  return { imports: [], lines: ["(", ...literals.map((one) => `    ${one}`), `)${encode}`] };
}

function notesOf(source: Source, headers: readonly Joined[]): string[] {
  const joined = headers.filter(({ names }) => names.length > 1).flatMap(({ names }) => names);
  return [
    ...source.notes,
    ...lineNotes(source),
    ...(isRewritten(source.target) ? [rewriteNote("requests")] : []),
    ...(DOT_SEGMENT.test(source.target) ? [dotsNote("requests")] : []),
    ...codingNotes(source, "requests"),
    ...noteOf("requests joins headers of one name into one", joined),
    ...trailerNotes(source),
  ];
}
