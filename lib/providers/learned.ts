import { type HeaderPair, headerValue } from "../contract/headers.ts";

export type Learned = { provider: string; secret: string };

/** The secret that a provider's check of the URL brings along: what it signs with from then on. */
export function learnedSecret(
  handshake: string | null,
  headers: readonly HeaderPair[],
  body: Buffer | null,
): Learned | null {
  const secret = readSecret(handshake, headers, body);
  return handshake !== null && secret ? { provider: handshake, secret } : null;
}

function readSecret(
  handshake: string | null,
  headers: readonly HeaderPair[],
  body: Buffer | null,
): string | undefined {
  if (handshake === "asana") return headerValue(headers, "x-hook-secret");
  if (handshake !== "notion" || !body) return undefined;
  const { verification_token: token } = Object(JSON.parse(body.toString())) as {
    verification_token?: unknown;
  };
  return typeof token === "string" ? token : undefined;
}
