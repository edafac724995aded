import type { ListenerSession } from "./session.ts";
import type { Slots } from "./slots.ts";
import type { Stream } from "./stream.ts";

export type Member = {
  session: ListenerSession;
  stream: Stream;
  /** For what is asked for beside the stream. */
  asked: Slots;
  /** Resolves when it has left and all that came of it is recorded. */
  done: Promise<void>;
};

/** The listeners that are connected to this process, by bin. */
export class Sessions {
  readonly #byBin = new Map<string, Member[]>();

  get all(): Member[] {
    return [...this.#byBin.values()].flat();
  }

  get count(): number {
    return this.all.length;
  }

  of(binId: string): readonly Member[] {
    return this.#byBin.get(binId) ?? [];
  }

  find(binId: string, name: string): Member | undefined {
    return this.of(binId).find(({ session }) => session.name === name);
  }

  add(member: Member): void {
    const { binId } = member.session;
    this.#byBin.set(binId, [...this.of(binId), member]);
  }

  remove(session: ListenerSession): void {
    const left = this.of(session.binId).filter((member) => member.session !== session);
    if (left.length > 0) this.#byBin.set(session.binId, left);
    else this.#byBin.delete(session.binId);
  }
}
