import { hash } from "node:crypto";
import type { Recognised } from "../contract/draft.ts";
import { findProvider } from "./providers.ts";

export type ThreadParts = {
  provider: Recognised | null;
  /** A provider's check of the URL: each is about itself. */
  isHandshake: boolean;
  method: string;
  target: string;
  bodySize: number;
  bodySha256: Uint8Array;
  /** All that was sent is there. */
  isBodyWhole: boolean;
};

const KEY_BYTES = 16;

/**
 * What all tries of one event have in common, as 16 bytes: the provider's id for it, else, from a sender that gives none,
 * method, target and the very same body. Null for what is like no other: handshakes, and nothing but a target.
 */
export function threadKeyOf(parts: ThreadParts): Buffer | null {
  const { provider, method, target } = parts;
  const body = () => Buffer.from(parts.bodySha256).toString("hex");
  const id = threadIdOf(provider);
  if (provider && id !== null) {
    const { event, account } = provider;
    const isObjectId = findProvider(provider.id)?.isObjectId === true;
    return digest(["event", provider.id, event, account, id, isObjectId ? body() : null]);
  }
  if (parts.isHandshake || parts.bodySize === 0 || !parts.isBodyWhole) return null;
  return digest(["body", provider?.id ?? null, method, target, body()]);
}

/** The provider's own id by which the tries of an event are known; null when it gives none. */
export const threadIdOf = (
  provider: Pick<Recognised, "eventId" | "deliveryId"> | null,
): string | null => provider?.eventId ?? provider?.deliveryId ?? null;

const digest = (parts: readonly (string | null)[]): Buffer =>
  hash("sha256", JSON.stringify(parts), "buffer").subarray(0, KEY_BYTES);
