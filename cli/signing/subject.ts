import { readFileSync } from "node:fs";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { messageOf } from "#lib/message-of.ts";
import { signingByProvider } from "#lib/providers/signing/by-provider.ts";
import { schemesOf } from "#lib/signatures/schemes.ts";
import type { SignedRequest } from "#lib/signatures/subject.ts";
import type { Flags, Values } from "../args.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { didYouMean } from "../did-you-mean.ts";
import { usageError } from "../exit.ts";
import { findRequest } from "../find-request.ts";
import type { Io } from "../io.ts";
import { readBody } from "../read-body.ts";
import { jsonFlag } from "../shared-flags.ts";

/** What `sign` and `verify` take: a captured request, or its parts from files. */
export const subjectFlags = {
  provider: { type: "string", short: "p", value: "ID", says: "who signs, such as stripe" },
  body: { type: "string", value: "FILE", says: "the body; - is stdin" },
  headers: { type: "string", value: "FILE", says: "the headers, a line each: Name: value" },
  method: { type: "string", value: "METHOD", says: "POST, if not given" },
  url: { type: "string", value: "URL", says: "as the receiver sees it: some sign it" },
  config: { type: "string", value: "FILE", says: "where `secrets` stand (hooklens.yml)" },
  ...binFlag,
  ...jsonFlag,
} as const satisfies Flags;

export type SubjectValues = Values<typeof subjectFlags>;
export type Subject = { provider: string; request: SignedRequest };

/** @throws CliError usage, notFound; ApiError */
export async function readSubject(
  words: readonly string[],
  values: SubjectValues,
  io: Io,
): Promise<Subject> {
  const [which, second] = words;
  if (second !== undefined) throw usageError(`"${second}" is one word too many.`);
  if (which === undefined) return fromFiles(values);
  if (values.body !== undefined || values.headers !== undefined)
    throw usageError("Either a captured request, or --body and --headers.");
  return fromBin(which, values, io);
}

async function fromBin(which: string, values: SubjectValues, io: Io): Promise<Subject> {
  const access = await openBin(values.bin, io);
  const captured = await findRequest(which, access);
  const { method, url, headers, provider, bodyTruncated, bodyIncomplete } = captured;
  const request = {
    method: values.method ?? method,
    url: values.url ?? url,
    headers,
    body: await readBody(captured, access),
    isBodyWhole: !bodyTruncated && !bodyIncomplete,
    receivedAtMs: Date.parse(captured.receivedAt),
  };
  return { provider: readProvider(values.provider ?? provider?.id), request };
}

function fromFiles({ provider, body, headers, method = "POST", url = "" }: SubjectValues): Subject {
  if (body === undefined)
    throw usageError("Which request? Its number, its id, `last`; or --body FILE.");
  const request = {
    method,
    url,
    headers: headers === undefined ? [] : readHeaders(headers),
    body: readFile(body),
    isBodyWhole: true,
    receivedAtMs: Date.now(),
  };
  return { provider: readProvider(provider), request };
}

function readProvider(given: string | undefined): string {
  const known = Object.keys(signingByProvider);
  if (given === undefined) {
    throw usageError(`Who signs? Give --provider, one of: ${known.join(", ")}.`);
  }
  if (schemesOf(given).length > 0) return given;
  throw usageError(`Nobody named "${given}" signs requests.${didYouMean(given, known)}`);
}

function readFile(name: string): Buffer {
  try {
    return readFileSync(name === "-" ? 0 : name);
  } catch (error) {
    throw usageError(`${name} can't be read: ${messageOf(error)}`);
  }
}

/** A request line before them, as `show --raw` prints it, is passed over, and so is what follows an empty line. */
function readHeaders(file: string): HeaderPair[] {
  const [head = ""] = readFile(file)
    .toString("latin1")
    .split(/\r?\n\r?\n/, 1);
  return head.split(/\r?\n/).flatMap((line, at): HeaderPair[] => {
    const [, name, value] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) return [[name, value]];
    if (line === "" || (at === 0 && /HTTP\/\d/.test(line))) return [];
    throw usageError(`Line ${at + 1} of ${file} is no header: write Name: value.`);
  });
}
