import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import type { Forward } from "../contract/forwards.ts";
import type { Listener } from "../contract/listeners.ts";
import type { DeliveryEdit } from "../contract/relay.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError, isHooklensError } from "../errors.ts";
import type { Live } from "../live/live.ts";
import type { LostForward } from "../store/forwards.ts";
import type { Store } from "../store/store.ts";
import { failedAttempt } from "../forward/attempt.ts";
import { chooseListener } from "./choose.ts";

/** A forward through a listener, as a person asks for it. */
export type Ask = {
  /** Of the listener; not needed when there is only one. */
  name: string | undefined;
  append: boolean;
  /** With the headers of a new signature too. */
  edit: DeliveryEdit | null;
  isEdited: boolean;
  isResigned: boolean;
};

/** Of one bin, asked for in this process. */
const UNDER_WAY_MAX = 100;
/** Hints may be lost, and the process that has the listener may have died without a word. */
const POLL_MS = 1_000;

type AskedParts = {
  store: Pick<Store, "forwards" | "listeners">;
  live: Pick<Live, "forward">;
  /** Hurries the listener's process, if it is this one; others are hinted at. */
  pickUp: (binId: string) => void;
};

type Waiter = { binId: string; news: PromiseWithResolvers<void> };

/** Forwards that people ask for through listeners, from the question to the settled row. */
export class AskedForwards {
  readonly #parts: AskedParts;
  readonly #waiters = new Map<string, Waiter>();

  constructor(parts: AskedParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the outcome is stored, whichever process has the listener.
   * @throws HooklensError no_listener, which_listener, rate_limited, request_not_found
   */
  async forward(request: CapturedRequest, ask: Ask): Promise<Forward> {
    const { name, append, edit, isEdited: edited, isResigned: resigned } = ask;
    const { binId, id: requestId } = request;
    const { store, live, pickUp } = this.#parts;
    const listener = await this.choose(binId, name);
    this.#refuseCrowd(binId);
    const id = uuidv7();
    const waiter: Waiter = { binId, news: Promise.withResolvers() };
    this.#waiters.set(id, waiter);
    try {
      const how = { to: "listener", listener, append, edited, edit, resigned };
      live.forward(binId, await store.forwards.begin({ id, binId, requestId, ...how }));
      pickUp(binId);
      return await this.#settled(waiter, id, { listener, msMax: Number.POSITIVE_INFINITY });
    } finally {
      this.#waiters.delete(id);
    }
  }

  /**
   * One that lies in the table for a listener already: resolves when its outcome is stored, or it is not there any more.
   * @param msMax after which it counts as interrupted: of one that was handed over before, nobody may know any more.
   */
  async carried(
    binId: string,
    id: string,
    { listener, msMax }: { listener: string; msMax: number },
  ): Promise<void> {
    const { store, live, pickUp } = this.#parts;
    const waiter: Waiter = { binId, news: Promise.withResolvers() };
    this.#waiters.set(id, waiter);
    try {
      const forward = await store.forwards.get(binId, id);
      if (forward?.state !== "pending") return;
      live.forward(binId, forward);
      pickUp(binId);
      await this.#settled(waiter, id, { listener, msMax });
    } catch (error) {
      if (!isHooklensError(error)) throw error;
    } finally {
      this.#waiters.delete(id);
    }
  }

  async isConnected(binId: string, name: string): Promise<boolean> {
    const listeners = await this.#listeners(binId);
    return listeners.some((each) => each.connected && each.name === name);
  }

  /** @throws HooklensError no_listener, which_listener */
  async choose(binId: string, name: string | undefined): Promise<string> {
    return chooseListener(await this.#listeners(binId), name);
  }

  async #listeners(binId: string): Promise<Listener[]> {
    return (await this.#parts.store.listeners.list([binId])).get(binId) ?? [];
  }

  get isIdle(): boolean {
    return this.#waiters.size === 0;
  }

  /** There may be news of a forward. */
  look(forwardId: string): void {
    this.#waiters.get(forwardId)?.news.resolve();
  }

  #refuseCrowd(binId: string): void {
    const underWay = [...this.#waiters.values()].filter((waiter) => waiter.binId === binId);
    if (underWay.length < UNDER_WAY_MAX) return;
    throw new HooklensError(
      "rate_limited",
      `${UNDER_WAY_MAX} forwards wait for this bin's listeners: let some of them end first.`,
      { retryAfterSeconds: 5 },
    );
  }

  async #settled(
    waiter: Waiter,
    id: string,
    { listener, msMax }: { listener: string; msMax: number },
  ): Promise<Forward> {
    const { store } = this.#parts;
    const deadline = performance.now() + msMax;
    for (;;) {
      await Promise.race([waiter.news.promise, sleep(POLL_MS)]);
      waiter.news = Promise.withResolvers();
      const forward = await store.forwards.get(waiter.binId, id);
      if (!forward) throw new HooklensError("request_not_found", "It was removed meanwhile.");
      if (forward.state !== "pending") return forward;
      const isLate = performance.now() > deadline;
      if (isLate || !(await this.isConnected(waiter.binId, listener))) {
        await this.#endLost({ forwardId: id, binId: waiter.binId, listener }, isLate);
      }
    }
  }

  /** Nobody is left to settle it when the listener's process died without a word; of a late one, also if it is back. */
  async #endLost(lost: LostForward, isLate: boolean): Promise<void> {
    const { store, live } = this.#parts;
    const attempt = failedAttempt(
      "interrupted",
      `The listener "${lost.listener}" was gone before its report came. Its target may have handled the request.`,
    );
    const settled = isLate
      ? await store.forwards.settle(lost.forwardId, "failed", attempt)
      : await store.forwards.settleLost(lost, attempt);
    if (settled) live.forward(lost.binId, settled);
  }
}
