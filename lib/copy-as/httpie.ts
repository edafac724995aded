import type { HeaderPair } from "../contract/headers.ts";
import { asText, headerText } from "./bytes.ts";
import { ARGUMENT_BYTES_MAX, inLines, pipeOf, quote } from "./shell.ts";
import {
  BODY_FILE,
  type CopyAs,
  codingNotes,
  hasHeader,
  lineNotes,
  list,
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
  const options = [...optionsOf(source), ...body.options, ...dashes(source)];
  const start = ["http", ...options, method, quote(source.origin + target)].join(" ");
  return {
    text: `${body.before}${inLines([start, ...items])}${body.after}\n`,
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

function optionsOf({ target, chunked }: Source): string[] {
  return [...(DOT_SEGMENT.test(target) ? ["--path-as-is"] : []), ...(chunked ? ["--chunked"] : [])];
}

/** Without its own input HTTPie would take a script's as the body. */
function bodyParts({ body, inFile, chunked }: Source) {
  if (inFile) return { before: "", options: [], after: ` < ${BODY_FILE}` };
  if (body.length === 0 && !chunked) {
    return { before: "", options: ["--ignore-stdin"], after: "" };
  }
  if (body.length > 0 && body.length <= ARGUMENT_BYTES_MAX && asText(body) !== null) {
    return { before: "", options: ["--ignore-stdin", `--raw ${quote(body)}`], after: "" };
  }
  return { before: pipeOf(body), options: [], after: "" };
}

const sentHeaders = ({ headers }: Source): HeaderPair[] =>
  headers.filter(([name]) => !/^transfer-encoding$/i.test(name));

/** A first item that begins with a dash would be an option. */
const dashes = (source: Source): string[] =>
  sentHeaders(source).some(([name]) => name.startsWith("-")) ? ["--"] : [];

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
  const added = ALWAYS_SENT.filter((name) => !hasHeader(sent, name.toLowerCase()));
  const recoded = named((value) => headerText(value) === null);
  const eaten = named((value) => EATEN_BACKSLASH.test(value));
  return [
    ...(added.length > 0 ? [`HTTPie adds its own: ${list(added)}.`] : []),
    ...(sent.length > 1 ? ["HTTPie puts the headers into its own order."] : []),
    ...(recoded.length > 0
      ? [`HTTPie sends the bytes that are no UTF-8 as UTF-8: ${list(recoded)}.`]
      : []),
    ...(eaten.length > 0 ? [`HTTPie drops a backslash before : ; = and @: ${list(eaten)}.`] : []),
  ];
}
