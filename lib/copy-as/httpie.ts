import type { HeaderPair } from "../contract/headers.ts";
import { asText, headerText } from "./bytes.ts";
import { BODY_FILE } from "./kinds.ts";
import { ARGUMENT_BYTES_MAX, inLines, pipeOf, quote } from "./shell.ts";
import {
  type CopyAs,
  codingNotes,
  hasHeader,
  lineNotes,
  noteOf,
  type Source,
  trailerNotes,
} from "./source.ts";
import { DOT_SEGMENT, isRewritten, rewriteNote } from "./target.ts";

/** Taken out of HTTPie's own, they would come from the library below it. */
const ALWAYS_SENT = ["User-Agent", "Accept-Encoding"];
const REMOVABLE = ["Accept", "Connection", "Content-Type"];

/** A command for bash (or zsh) with HTTPie 3. How it reads its words: httpie.io/docs/cli/request-items. */
export function asHttpie(source: Source): CopyAs {
  const { method, target } = source;
  if (!/^[A-Za-z]+$/.test(method)) {
    const refusal = `HTTPie can't send ${method}: it takes methods of letters alone.`;
    return { text: `# ${refusal}\n`, notes: [refusal] };
  }
  const items = itemsOf(source);
  const body = bodyParts(source);
  const options = [...body.options, ...optionsOf(source)];
  const start = ["http", ...options, method, quote(source.origin + target)].join(" ");
  return {
    text: `${body.before}${inLines([start, ...items, ...body.last])}\n`,
    notes: [
      ...source.notes,
      ...lineNotes(source),
      ...(isRewritten(target) ? [rewriteNote("HTTPie")] : []),
      ...codingNotes(source, "HTTPie"),
      ...headerNotes(source),
      ...trailerNotes(source),
    ],
  };
}

/** After a `--` a field may begin with a dash, and no option can follow. */
function optionsOf(source: Source): string[] {
  return [
    ...(DOT_SEGMENT.test(source.target) ? ["--path-as-is"] : []),
    ...(source.chunked ? ["--chunked"] : []),
    ...(hasDash(source) ? ["--"] : []),
  ];
}

const hasDash = (source: Source): boolean =>
  sentHeaders(source).some(([name]) => name.startsWith("-"));

type BodyParts = { before: string; options: string[]; last: string[] };

/** Without a body of its own HTTPie would take a script's input for one. */
function bodyParts(source: Source): BodyParts {
  const { body, inFile, chunked } = source;
  if (inFile) return { before: "", options: [], last: [`< ${BODY_FILE}`] };
  if (body.length === 0 && !chunked) {
    return { before: "", options: ["--ignore-stdin"], last: [] };
  }
  const isArgument = body.length > 0 && body.length <= ARGUMENT_BYTES_MAX && !hasDash(source);
  if (isArgument && asText(body) !== null) {
    return { before: "", options: ["--ignore-stdin"], last: [`--raw ${quote(body)}`] };
  }
  return { before: pipeOf(body), options: [], last: [] };
}

const sentHeaders = ({ headers }: Source): HeaderPair[] =>
  headers.filter(([name]) => !/^transfer-encoding$/i.test(name));

function itemsOf(source: Source): string[] {
  const lacked = REMOVABLE.filter((name) => !hasHeader(source.headers, name.toLowerCase()));
  return [...sentHeaders(source).map(item), ...lacked.map((name) => `${name}:`)];
}

/** `:=` and `:@` would be other kinds of field. */
function item([name, value]: HeaderPair): string {
  if (value === "") return quote(`${name};`);
  const word = `${name}:${/^[=@]/.test(value) ? "\\" : ""}${value}`;
  return quote(headerText(value) === null ? new TextEncoder().encode(word) : word);
}

/** HTTPie takes a backslash before these away. */
const EATEN_BACKSLASH = /\\[:;=@]/;

function headerNotes(source: Source): string[] {
  const sent = sentHeaders(source);
  const named = (test: (value: string) => boolean) =>
    sent.filter(([, value]) => test(value)).map(([name]) => name);
  return [
    ...noteOf(
      "HTTPie adds its own",
      ALWAYS_SENT.filter((name) => !hasHeader(sent, name.toLowerCase())),
    ),
    ...(sent.length > 1 ? ["HTTPie puts the headers into its own order."] : []),
    ...noteOf(
      "HTTPie sends bytes that are no UTF-8 as UTF-8",
      named((value) => headerText(value) === null),
    ),
    ...noteOf(
      "HTTPie drops a backslash before : ; = and @",
      named((value) => EATEN_BACKSLASH.test(value)),
    ),
  ];
}
