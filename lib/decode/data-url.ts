import { decodeBase64 } from "./base64.ts";

/** The media type and the bytes of a base64 `data:` URL (RFC 2397), or null. */
export function readDataUrl(
  value: string,
): { mediaType: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const [, mediaType = "", data = ""] =
    /^data:([\w.+/-]*[^,]{0,200});base64,(.+)$/s.exec(value) ?? [];
  const decoded = data ? decodeBase64(data) : null;
  return decoded && { mediaType: mediaType || "text/plain", bytes: decoded.bytes };
}
