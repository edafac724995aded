import { type Explanation, explain } from "#lib/signatures/explain.ts";
import { type Reason, reasons, type Verdict } from "#lib/signatures/verdict.ts";
import { verify } from "#lib/signatures/verify.ts";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";
import { type LocalSecrets, secretFor } from "./local-secrets.ts";
import type { Subject } from "./subject.ts";

const WORDS: Record<Reason, string> = {
  missing: "it carries no signature of this scheme",
  expired: "the certificate did not hold when it came",
  bad_secret: "the secret is none of this kind",
  malformed: "what stands there is no signature of this scheme",
  incomplete: "something that is signed too did not come with it",
  bad_timestamp: "its timestamp can't be read",
  body_cut: "only the beginning of its body was kept",
  mismatch: "the bytes don't match",
  stale: "it came outside the provider's tolerance",
};
const SHOWN_BYTES = 200;
/** Its code would make this file a tenth larger. */
const HINT =
  "  The request's part Signature on the page tries the usual mistakes; a secret typed there stays in the browser.";

/** Prints what came of it; exit code 9 unless it is verified. @throws CliError usage */
export async function verifySubject(
  { provider, request }: Subject,
  secrets: LocalSecrets,
  { io, json }: { io: Io; json: boolean },
): Promise<ExitCode> {
  secretFor(provider, secrets);
  const own = secrets.of(provider);
  const verdict = await verify(request, provider, own);
  const explained = await explain(request, provider, own);
  const best = explained.find(
    ({ scheme, secretId }) => scheme === verdict.scheme && secretId === verdict.secretId,
  );
  if (json) io.out(jsonLine({ event: "verdict", provider, ...verdict, ...(best && facts(best)) }));
  else
    for (const line of [...verdictLines(verdict, io), ...(best ? linesOf(best) : [])]) io.out(line);
  if (verdict.reason === "mismatch" && !json) io.out(HINT);
  return verdict.status === "verified" ? Exit.done : Exit.notVerified;
}

function verdictLines({ status, scheme, reason, ...more }: Verdict, { style }: Io): string[] {
  const isGood = status === "verified";
  const why = reasons.find((each) => each === reason);
  const words = [scheme, more.secretId && `with ${more.secretId}`, why && WORDS[why]].filter(
    Boolean,
  );
  const age = more.timestampAgeSeconds;
  const told = age === null ? [] : [`  signed ${Math.round(age)} s before it came`];
  return [`${isGood ? style.good(status) : style.bad(status)}  ${words.join(", ")}`, ...told];
}

/** What was signed and with what, for a person. */
function* linesOf({ algorithm, key, claims }: Explanation): Generator<string> {
  if (algorithm) yield `  ${algorithm}${key ? `, keyed with ${key.recipe}` : ""}`;
  for (const { messages, absent, received } of claims) {
    const [message] = messages;
    if (message) {
      yield `  signed    ${message.parts.map(({ from, bytes }) => `${from} (${bytes.length} B)`).join(" + ")}`;
      yield `            ${preview(message.bytes)}`;
      if (message.computed) yield `  computed  ${message.computed}`;
    }
    if (absent.length > 0) yield `  absent    ${absent.join(", ")}`;
    for (const { at, text } of received.slice(0, 5)) yield `  received  ${visible(text)}  (${at})`;
  }
}

function preview(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString();
  return visible(text) + (bytes.length > SHOWN_BYTES ? " ..." : "");
}

const facts = ({ algorithm, key, claims, time }: Explanation) => ({
  algorithm,
  key,
  time,
  claims: claims.map(({ messages, ...claim }) => ({
    ...claim,
    messages: messages.map(({ bytes, computed, parts }) => ({
      parts: parts.map(({ from, bytes: part }) => ({ from, size: part.length })),
      bytesBase64: Buffer.from(bytes).toString("base64"),
      computed,
    })),
  })),
});
