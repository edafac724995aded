import type { Log } from "../log.ts";
import { Looks } from "../sockets/looks.ts";
import type { Store } from "../store/store.ts";
import type { Member, Sessions } from "./sessions.ts";

type ChecksParts = {
  sessions: Sessions;
  store: Pick<Store, "bins" | "news" | "listeners">;
  /** Signs of life of this bin's listeners were written. */
  onBeat: (binId: string) => void;
  /** After each look. */
  onLooked: (binIds: readonly string[]) => Promise<void>;
  log: Log;
};

/**
 * Compares this process's listeners with the tables: all of them every 4 s, and at once those of a bin that a hint names.
 * Says that they live, and learns who took one over, what was removed or revoked, and how far the bins are.
 */
export class RelayChecks extends Looks {
  readonly #parts: ChecksParts;
  /** Bins whose signs of life are due. What only a hint names is not told: telling is a hint too, and so without end. */
  readonly #due = new Set<string>();

  constructor(parts: ChecksParts) {
    super(parts.log, "listeners not checked");
    this.#parts = parts;
  }

  askAll(): void {
    for (const { session } of this.#parts.sessions.all) {
      this.#due.add(session.binId);
      this.lookAt(session.binId);
    }
  }

  ask(binId: string): void {
    if (this.#parts.sessions.of(binId).length > 0) this.lookAt(binId);
  }

  protected async look(binIds: readonly string[]): Promise<void> {
    const { sessions, store, onBeat, onLooked } = this.#parts;
    const due = binIds.filter((binId) => this.#due.delete(binId));
    // Only those that are asked about: another one may join meanwhile.
    const members = binIds.flatMap((binId) => [...sessions.of(binId)]);
    if (members.length === 0) return;
    const [held, heads, openKeys] = await Promise.all([
      store.listeners.beat(
        members.map(({ session }) => ({ ...session.hold, ageMs: session.silentMs })),
      ),
      store.bins.heads(binIds),
      store.news.openKeys(members.map(({ session }) => session.keyId)),
    ]);
    for (const binId of due) onBeat(binId);
    for (const { session, stream } of members) {
      const head = heads.get(session.binId);
      if (!head || head.gone) session.end("bin_gone");
      else if (!openKeys.has(session.keyId)) session.end("key_revoked");
      else stream.advance(head.lastSeq, head.revision);
    }
    await this.#endLost(members.filter(({ session }) => !held.has(session.hold.id)));
    await onLooked(binIds);
  }

  async #endLost(lost: readonly Member[]): Promise<void> {
    if (lost.length === 0) return;
    const ids = lost.map(({ session }) => session.hold.id);
    const known = await this.#parts.store.listeners.known(ids);
    for (const { session } of lost) {
      session.end(known.has(session.hold.id) ? "replaced" : "listener_removed");
    }
  }
}
