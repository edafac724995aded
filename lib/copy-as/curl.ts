import { asText } from "./bytes.ts";
import { BODY_FILE } from "./kinds.ts";
import { ARGUMENT_BYTES_MAX, inLines, pipeOf, quote } from "./shell.ts";
import { type CopyAs, hasHeader, type Source, trailerNotes } from "./source.ts";
import { DOT_SEGMENT } from "./target.ts";

/** From here on curl 7.88 asks for a 100 Continue on its own. */
const EXPECT_BYTES = 1024 * 1024;
/** How long curl waits for the body that an answer to HEAD announces and never has. */
const HEAD_SECONDS = 5;

/** URLs that curl takes as they are: nothing to encode, no fragment, no empty query. */
const PLAIN_TARGET = /^\/[\w.~!$&'()*+,;=:@%/[\]{}-]*(?:\?[\w.~!$&'()*+,;=:@%/?[\]{}-]+)?$/;

/** A command for bash (or zsh) with curl 7.55 or later; the facts are those of 7.88. */
export function asCurl(source: Source): CopyAs {
  const data = dataParts(source);
  const options = [...methodOptions(source), ...versionOptions(source), ...targetOptions(source)];
  const command = [
    ["curl", ...options].join(" "),
    ...headerOptions(source).map((header) => `-H ${header}`),
    ...data.options,
  ];
  return {
    text: `${data.pipe}${inLines(command)}\n`,
    notes: [...source.notes, ...trailerNotes(source), ...headNotes(source)],
  };
}

function methodOptions({ method, hasBody }: Source): string[] {
  if (method === "HEAD") {
    return hasBody ? ["-X HEAD", `--max-time ${HEAD_SECONDS}`] : ["--head"];
  }
  return method === (hasBody ? "POST" : "GET") ? [] : [`-X ${quote(method)}`];
}

const headNotes = ({ method, hasBody }: Source): string[] =>
  method === "HEAD" && hasBody
    ? [`curl waits for a body that an answer to HEAD never has, and stops after ${HEAD_SECONDS} s.`]
    : [];

/** Over https curl would choose HTTP/2, which has no letter case in names and no chunks. */
function versionOptions({ version, origin }: Source): string[] {
  if (version === "1.0") return ["--http1.0"];
  return /^https:/i.test(origin) ? ["--http1.1"] : [];
}

function targetOptions({ origin, target, isAbsolute }: Source): string[] {
  if (isAbsolute) return [`--request-target ${quote(origin + target)}`, quote(`${origin}/`)];
  if (!PLAIN_TARGET.test(target)) {
    return [`--request-target ${quote(target)}`, ...globOff(origin), quote(`${origin}/`)];
  }
  const asIs = DOT_SEGMENT.test(target) ? ["--path-as-is"] : [];
  return [...asIs, ...globOff(origin + target), quote(origin + target)];
}

const globOff = (url: string): string[] => (/[[\]{}]/.test(url) ? ["--globoff"] : []);

/** The request's own, then those that keep curl from adding what it lacked. Chunks are unknown to HTTP/1.0. */
function headerOptions({ headers, hasBody, body, version }: Source): string[] {
  const own = headers.filter(([name]) => version !== "1.0" || !/^transfer-encoding$/i.test(name));
  const lacked = [
    "User-Agent",
    "Accept",
    ...(hasBody ? ["Content-Type"] : []),
    ...(body.length > EXPECT_BYTES ? ["Expect"] : []),
  ].filter((name) => !hasHeader(headers, name.toLowerCase()));
  return [
    ...own.map(([name, value]) => quote(value === "" ? `${name};` : `${name}: ${value}`)),
    ...lacked.map((name) => quote(`${name}:`)),
  ];
}

function dataParts({ hasBody, body, inFile }: Source): { pipe: string; options: string[] } {
  if (!hasBody) return { pipe: "", options: [] };
  if (inFile) return { pipe: "", options: [`--data-binary @${BODY_FILE}`] };
  if (asText(body) !== null && body.length <= ARGUMENT_BYTES_MAX) {
    return { pipe: "", options: [`--data-raw ${quote(body)}`] };
  }
  return { pipe: pipeOf(body), options: ["--data-binary @-"] };
}
