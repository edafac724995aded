import type { Bin, Page } from "../contract/bins.ts";
import { HooklensError } from "../errors.ts";
import { hashSecret, newSessionToken } from "../ids.ts";
import { sessionFull } from "./bins.ts";
import type { ManageParts } from "./parts.ts";

export function createSessionOperations({ config, store, live }: ManageParts) {
  /** The bins that this browser remembers, newest first; the cursor is the last bin's id. */
  async function bins(
    session: Buffer,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Bin>> {
    const records = await store.sessions.bins(session);
    const last = cursor === undefined ? -1 : records.findIndex((bin) => bin.id === cursor);
    if (cursor !== undefined && last < 0) {
      throw new HooklensError("invalid_query", "This cursor leads nowhere; start without one.", {
        errors: [{ pointer: "?cursor", detail: "Its bin is no longer remembered here" }],
      });
    }
    const shown = records.slice(last + 1, last + 1 + limit);
    const items = await store.bins.present(shown, config.publicUrl);
    const more = records.length > last + 1 + limit;
    return { items, next: more ? (items.at(-1)?.id ?? null) : null };
  }

  /** The browser's cookie if it is one that we gave and that still counts, else a new one: nobody plants a known value. */
  async function tokenFor(token: string | null): Promise<string> {
    if (token === null || !(await store.sessions.lastSeen(hashSecret(token)))) {
      return newSessionToken();
    }
    return token;
  }

  /** Whether the browser's cookie should be sent again, so that its end slides. */
  async function slide(session: Buffer): Promise<boolean> {
    const lastSeenAt = await store.sessions.lastSeen(session);
    return lastSeenAt !== null && store.sessions.slide(session, lastSeenAt);
  }

  /** @throws session_full */
  async function remember(session: Buffer, binId: string, keyId: string): Promise<void> {
    if ((await store.sessions.remember(session, binId, keyId)) === "full") throw sessionFull();
  }

  /** The browser's open pages of the bin end with it. */
  async function forget(session: Buffer, binId: string): Promise<void> {
    await store.sessions.forget(session, binId);
    live.sessionForgot(binId, session);
  }

  return { bins, remember, forget, tokenFor, slide };
}
