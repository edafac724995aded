import { contentCodings } from "#lib/contract/content-coding.ts";
import { aroundBody } from "#lib/contract/raw-message.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { BinAccess } from "../bin-access.ts";
import { Exit, type ExitCode } from "../exit.ts";
import { findRequest } from "../find-request.ts";
import type { Io } from "../io.ts";
import { counted } from "../terminal/format.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";
import { bodyLines } from "./body-view.ts";
import { forwardLines } from "./forward-lines.ts";
import { factLines, headerLines, trailerLines } from "./head-lines.ts";

type Showing = {
  which: string;
  part: "all" | "headers" | "body" | "raw" | "json";
  access: BinAccess;
  io: Io;
};

/** Of a body that is shown among other things. */
const BODY_LINES = 200;
const FORWARDS = 20;

export async function show({ which, part, access, io }: Showing): Promise<ExitCode> {
  const request = await findRequest(which, access);
  if (part === "headers") for (const line of headerLines(request, io.style)) io.out(line);
  else if (part === "raw") await printRaw(request, access, io);
  else if (part === "body") await printBody(request, access, io);
  else if (part === "json") await printJson(request, access, io);
  else await printAll(request, access, io);
  return Exit.done;
}

async function printAll(request: CapturedRequest, access: BinAccess, io: Io): Promise<void> {
  const { style, out } = io;
  const forwards = await access.client.forwards(access.bin, request.id, { limit: FORWARDS });
  for (const line of factLines(request, style)) out(line);
  section("Headers", headerLines(request, style), io);
  if (request.bodySize > 0) {
    out();
    out(style.strong("Body"));
    let count = 0;
    for (const line of bodyLines(await decoded(request, access, io), io.columns(), style)) {
      if (++count > BODY_LINES) break;
      out(line);
    }
    if (count > BODY_LINES) out(style.dim(`... more: hooklens show ${request.seq} --body`));
  }
  if (request.trailers.length > 0) section("Trailers", trailerLines(request, style), io);
  if (forwards.items.length > 0) {
    section("Forwards", forwardLines(forwards.items, request, style), io);
    if (forwards.next !== null)
      out(style.dim(`... more than ${counted(FORWARDS, "forward")}: the page shows them`));
  }
}

function section(title: string, lines: Iterable<string>, { style, out }: Io): void {
  out();
  out(style.strong(title));
  for (const line of lines) out(line);
}

/** The body without its content codings, where the server can undo them. */
async function decoded(request: CapturedRequest, { client, bin }: BinAccess, { style, out }: Io) {
  const { contentType } = request;
  const codings = contentCodings(request.headers);
  if (codings.length === 0) {
    return { bytes: new Uint8Array(await client.body(bin, request.id)), contentType };
  }
  const { bytes, end } = await client
    .decodedBody(bin, request.id)
    .catch(() => ({ bytes: null, end: "broken" }));
  if (bytes === null) {
    out(
      style.warn(
        visible(`Encoded (${codings.join(", ")}), and it can't be undone: the bytes as they came`),
      ),
    );
    return { bytes: new Uint8Array(await client.body(bin, request.id)), contentType: null };
  }
  const whole = end === "whole" ? "" : `, ${end}: not all of it`;
  out(style.dim(visible(`decoded from ${codings.join(", ")}${whole}`)));
  return { bytes: new Uint8Array(bytes), contentType };
}

async function printBody(request: CapturedRequest, access: BinAccess, io: Io): Promise<void> {
  if (!io.stdout.isTTY) {
    await write(new Uint8Array(await access.client.body(access.bin, request.id)), io);
    return;
  }
  if (request.bodySize === 0) return;
  for (const line of bodyLines(await decoded(request, access, io), io.columns(), io.style))
    io.out(line);
}

async function printRaw(request: CapturedRequest, access: BinAccess, io: Io): Promise<void> {
  if (!io.stdout.isTTY) {
    await write(new Uint8Array(await access.client.raw(access.bin, request.id)), io);
    return;
  }
  const body = new Uint8Array(await access.client.body(access.bin, request.id));
  const { before, after } = aroundBody(request, body.length);
  const shown = (text: string) =>
    visible(text.replaceAll("\r\n", "\n"), io.style.unseen, "\n").trimEnd();
  io.out(shown(before));
  io.out();
  for (const line of bodyLines(
    { bytes: body, contentType: request.contentType },
    io.columns(),
    io.style,
  ))
    io.out(line);
  if (after) io.out(shown(after));
}

/** The request as the API tells it, with its forwards, and the body in base64. */
async function printJson(
  request: CapturedRequest,
  { client, bin }: BinAccess,
  io: Io,
): Promise<void> {
  const [body, forwards] = await Promise.all([
    client.body(bin, request.id),
    client.forwards(bin, request.id),
  ]);
  const bodyBase64 = Buffer.from(body).toString("base64");
  io.out(jsonLine({ ...request, bodyBase64, forwards: forwards.items }));
}

const write = (bytes: Uint8Array, { stdout }: Io) =>
  new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
