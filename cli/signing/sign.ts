import { writeFileSync } from "node:fs";
import { type Signed, sign } from "#lib/signatures/sign.ts";
import { SignError } from "#lib/signatures/sign-error.ts";
import { signsUrl } from "#lib/signatures/signs-url.ts";
import { Exit, type ExitCode, usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { type LocalSecrets, secretFor } from "./local-secrets.ts";
import type { Subject } from "./subject.ts";

type Options = { io: Io; json: boolean; out: string | undefined; url: string | undefined };

/** Prints what has to stand in the head. @throws CliError usage */
export async function signSubject(
  subject: Subject,
  secrets: LocalSecrets,
  { io, json, out, url }: Options,
): Promise<ExitCode> {
  const { provider, request } = subject;
  if (url === undefined && signsUrl(provider)) {
    throw usageError(`${provider} signs the URL too: say with --url where it goes.`);
  }
  const signed = await signWith(subject, secrets);
  const isSame = Buffer.from(request.body).equals(signed.body);
  if (!isSame && out === undefined && !json) {
    throw usageError(`${provider} has its signature in the body: give --out FILE for it.`);
  }
  if (out !== undefined) writeFileSync(out, signed.body);
  if (json) io.out(jsonLine(facts(signed)));
  else for (const [name, value] of fresh(signed, subject)) io.out(`${name}: ${value}`);
  if (!json && signed.url !== request.url) io.note(`To be sent to ${signed.url}`);
  return Exit.done;
}

async function signWith({ provider, request }: Subject, secrets: LocalSecrets): Promise<Signed> {
  try {
    return await sign(request, provider, secretFor(provider, secrets), { nowMs: Date.now() });
  } catch (error) {
    if (error instanceof SignError) throw usageError(error.message);
    throw error;
  }
}

const fresh = ({ headers }: Signed, { request }: Subject) => {
  const old = new Set(request.headers.map((pair) => pair.join("\0")));
  return headers.filter((pair) => !old.has(pair.join("\0")));
};

const facts = ({ schemes, headers, body, url }: Signed) => ({
  event: "signed",
  schemes,
  url,
  headers,
  bodyBase64: Buffer.from(body).toString("base64"),
});
