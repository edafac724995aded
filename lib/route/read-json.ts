import { z } from "zod";
import { issueWords } from "../contract/issue-words.ts";
import { HooklensError } from "../errors.ts";
import { invalidFields } from "./invalid-fields.ts";

const JSON_BODY_BYTES_MAX = 1024 * 1024;

/** Of a call that needs no body, and knows no field. */
export const noFields = z.strictObject({});

/**
 * The request's JSON body by its schema; no body at all is an empty object.
 * @param bytesMax as much as is read.
 * @throws unsupported_media_type, body_too_large, invalid_json, invalid_fields
 */
export async function readJson<Body>(
  request: Request,
  schema: z.ZodType<Body>,
  bytesMax: number = JSON_BODY_BYTES_MAX,
): Promise<Body> {
  const bytes = await readBytes(request, bytesMax);
  const parsed = schema.safeParse(bytes.byteLength === 0 ? {} : parse(request, bytes), {
    error: issueWords,
  });
  if (!parsed.success) throw invalidFields(parsed.error.issues);
  return parsed.data;
}

/** Bounded while reading: what Content-Length says is refused at once, what comes without it is counted. */
async function readBytes(request: Request, bytesMax: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length")) > bytesMax) throw tooLarge(bytesMax);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > bytesMax) throw tooLarge(bytesMax);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parse(request: Request, bytes: Buffer): unknown {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0];
  if (type?.trim().toLowerCase() !== "application/json") {
    throw new HooklensError("unsupported_media_type", "Send Content-Type: application/json.");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "It is not UTF-8";
    throw new HooklensError("invalid_json", `${reason}.`);
  }
}

const tooLarge = (bytesMax: number) =>
  new HooklensError(
    "body_too_large",
    `At most ${bytesMax / 1024 / 1024} MiB (${bytesMax} bytes) here.`,
  );
