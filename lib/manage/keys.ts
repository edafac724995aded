import { v7 as uuidv7 } from "uuid";
import type { Key, KeyMinted, Page } from "../contract/bins.ts";
import { HooklensError } from "../errors.ts";
import { hashSecret, newKey } from "../ids.ts";
import { toPage } from "./page.ts";
import type { ManageParts } from "./parts.ts";

export function createKeyOperations({ store, live }: ManageParts) {
  /** A further key. The secret is in this answer only. */
  async function mint(binId: string, label: string): Promise<KeyMinted> {
    const key = newKey();
    const minted = await store.keys.mint(binId, { id: uuidv7(), label, hash: hashSecret(key) });
    return { ...minted, key };
  }

  async function list(
    binId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Key>> {
    const keys = await store.keys.list(binId, { limit: limit + 1, before: cursor });
    return toPage(keys, limit, (key) => key.id);
  }

  /**
   * Ends a key at once, for sockets and browsers too.
   * @throws key_not_found; last_key, since nobody could open the bin any more.
   */
  async function revoke(binId: string, keyId: string): Promise<void> {
    const outcome = await store.keys.revoke(binId, keyId);
    if (outcome === "unknown")
      throw new HooklensError("key_not_found", "It may be revoked already.");
    if (outcome === "last") {
      throw new HooklensError("last_key", "Mint another key first, or delete the bin.");
    }
    live.keyRevoked(binId, keyId);
  }

  return { mint, list, revoke };
}
