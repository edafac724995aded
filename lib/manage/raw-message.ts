import { aroundBody } from "../contract/raw-message.ts";

/** The request as it stood on the wire (RFC 9112), in bytes. */
export function rawMessage(request: Parameters<typeof aroundBody>[0], body: Buffer): Buffer {
  const { before, after } = aroundBody(request, body.byteLength);
  return Buffer.concat([Buffer.from(before, "latin1"), body, Buffer.from(after, "latin1")]);
}
