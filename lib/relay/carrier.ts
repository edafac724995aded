import { RELAY_BODY_BYTES_MAX } from "../contract/relay.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import { gather } from "../sockets/gather.ts";
import type { AskedForward } from "../store/forwards.ts";
import type { Store } from "../store/store.ts";
import { failedAttempt } from "../forward/attempt.ts";
import { attemptOf, stateAfter } from "./attempt.ts";
import type { Member, Sessions } from "./sessions.ts";

/** A person does not expect that a forward goes out later: the listener may have been away meanwhile. */
const FRESH_MS = 60_000;

type CarrierParts = {
  sessions: Sessions;
  store: Pick<Store, "forwards" | "requests">;
  live: Pick<Live, "forward">;
  log: Log;
};

/**
 * Takes the forwards that people asked for to this process's listeners, beside their streams. They lie in the table as
 * pending, so it does not matter which process was asked.
 */
export class Carrier {
  readonly #parts: CarrierParts;
  readonly #carrying = new Set<string>();
  readonly #looks = gather((binIds) =>
    this.pickUp(binIds).catch((error: unknown) =>
      this.#parts.log.debug({ err: error }, "asked forwards not read"),
    ),
  );

  constructor(parts: CarrierParts) {
    this.#parts = parts;
  }

  get isIdle(): boolean {
    return this.#carrying.size === 0;
  }

  /** There may be something pending for a listener of this bin. */
  ask(binId: string): void {
    if (this.#parts.sessions.of(binId).length > 0) this.#looks.ask(binId);
  }

  /** Carries what is pending for the listeners of these bins. */
  async pickUp(binIds: readonly string[]): Promise<void> {
    const { sessions, store } = this.#parts;
    const local = binIds.filter((binId) => sessions.of(binId).length > 0);
    if (local.length === 0) return;
    const since = new Date(Date.now() - FRESH_MS);
    for (const pending of await store.forwards.pendingAsked(local, since)) this.#carry(pending);
  }

  #carry({ id, binId, listener }: Pick<AskedForward, "id" | "binId" | "listener">): void {
    const { sessions, log } = this.#parts;
    const member = sessions.find(binId, listener);
    if (!member || this.#carrying.has(id)) return;
    this.#carrying.add(id);
    member.asked
      .use(() => this.#handOver(id, binId, member))
      // It stays pending: the next look tries again, and the listener knows it by its id.
      .catch((error: unknown) => log.warn({ err: error, forwardId: id }, "a forward not settled"))
      .finally(() => this.#carrying.delete(id));
  }

  async #handOver(id: string, binId: string, { session }: Member): Promise<void> {
    const { store, live } = this.#parts;
    const asked = await store.forwards.asked(id);
    const request = asked && (await store.requests.get(binId, asked.requestId));
    // Settled or removed while it waited for its turn.
    if (!asked || !request) return;
    const body = await this.#smallBody(request);
    // Nothing was sent: it stays for the listener's next connection.
    if (session.isOver) return;
    const startedAt = new Date();
    const reply = await session.deliver({
      forwardId: id,
      attempt: 1,
      asked: true,
      append: asked.append,
      request,
      body,
      edit: asked.edit,
    });
    const attempt = attemptOf(reply, startedAt) ?? unwanted(startedAt);
    const settled = await store.forwards.settle(id, stateAfter(attempt), attempt);
    if (settled) live.forward(binId, settled);
  }

  async #smallBody({ binId, id, bodySize }: CapturedRequest): Promise<Buffer | null> {
    if (bodySize === 0 || bodySize > RELAY_BODY_BYTES_MAX) return null;
    return this.#parts.store.requests.body(binId, id);
  }
}

const unwanted = (startedAt: Date) =>
  failedAttempt(
    "no_listener",
    "The listener has no target for this request: the filters of its targets leave it out.",
    startedAt,
  );
