import { HooklensError } from "../errors.ts";

const TYPES = new Set([
  "",
  "application/json",
  "application/har+json",
  "application/jsonl",
  "application/ndjson",
  "application/octet-stream",
  "application/x-ndjson",
]);

/**
 * The file that a request brings, as it comes. Compressed ones are refused: nothing that is small on the way and large
 * here is taken. @throws unsupported_media_type, unreadable_file when there is none
 */
export function readUpload(request: Request): ReadableStream<Uint8Array> {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0] ?? "";
  if (!TYPES.has(type.trim().toLowerCase())) {
    const detail = "Send the file as application/x-ndjson, application/json or octet-stream.";
    throw new HooklensError("unsupported_media_type", detail);
  }
  if (request.headers.has("content-encoding")) {
    throw new HooklensError("unsupported_media_type", "Send the file without a Content-Encoding.");
  }
  if (!request.body) throw new HooklensError("unreadable_file", "The request has no body.");
  return request.body;
}
