import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { postTo, Sender, statusOf } from "./http-connection.ts";
import type { Random } from "./random.ts";

/** One request of the load. Acknowledged means: its sender got a 2xx. */
export type Delivery = { binId: string; sha256: string; acknowledged: boolean };

export type LoadPlan = {
  /** Begins the ids, so that two loads never share one. */
  name: string;
  port: number;
  binIds: readonly [string, ...string[]];
  connections: number;
  /** At most this many requests a second, over all connections. */
  perSecond: number;
  /** It ends by itself once so many are acknowledged. */
  acknowledgedMax?: number;
  random: Random;
  /** How many of a hundred bodies are large: above what lies in a request's own row. */
  largePercent: number;
};

const LARGE_BYTES = 300 * 1024;
const SMALL_BYTES_MAX = 2 * 1024;
const PAD = randomBytes(LARGE_BYTES * 2);

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Senders on keep-alive connections, each with one request at a time, as fast as `perSecond` lets them and through any
 * restart of the server. Each request has an id of its own, in its path and in its body; none is ever sent again.
 */
export class Load {
  /** All that was sent, by id. */
  readonly deliveries = new Map<string, Delivery>();
  /** How many got which status; `closed` and `silent` for those without an answer. */
  readonly statuses = new Map<number | string, number>();
  acknowledged = 0;
  /** When the last acknowledged request was sent (performance.now()). */
  lastAcknowledgedSentAt = 0;
  readonly #plan: LoadPlan;
  readonly #senders: Promise<void>[];
  #isStopping = false;
  #nextNumber = 1;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#senders = Array.from({ length: plan.connections }, () => this.#send());
  }

  /** Nothing more is sent. */
  get isOver(): boolean {
    return this.#isStopping || this.acknowledged >= (this.#plan.acknowledgedMax ?? Infinity);
  }

  /** Resolves when every request under way is settled. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#senders);
  }

  async #send(): Promise<void> {
    const pauseMs = (1000 * this.#plan.connections) / this.#plan.perSecond;
    const sender = new Sender(this.#plan.port);
    while (!this.isOver) {
      const startedAt = performance.now();
      await this.#sendOne(sender);
      const restMs = startedAt + pauseMs - performance.now();
      if (restMs > 0) await sleep(restMs);
    }
    sender.close();
  }

  async #sendOne(sender: Sender): Promise<void> {
    const binId = this.#plan.random.pick(this.#plan.binIds);
    const { id, body } = this.#newBody();
    const delivery: Delivery = { binId, sha256: sha256(body), acknowledged: false };
    this.deliveries.set(id, delivery);
    const sentAt = performance.now();
    const status = statusOf(await sender.send(postTo(`${binId}/${id}`, body)));
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (typeof status !== "number" || status < 200 || status > 299) return;
    delivery.acknowledged = true;
    this.acknowledged++;
    this.lastAcknowledgedSentAt = Math.max(this.lastAcknowledgedSentAt, sentAt);
  }

  #newBody(): { id: string; body: Buffer } {
    const { name, random, largePercent } = this.#plan;
    const id = `${name}-${this.#nextNumber++}`;
    const isLarge = random.between(0, 100) < largePercent;
    const size = isLarge ? LARGE_BYTES : random.between(0, SMALL_BYTES_MAX);
    const start = random.between(0, PAD.byteLength - size);
    return { id, body: Buffer.concat([Buffer.from(`${id}\n`), PAD.subarray(start, start + size)]) };
  }
}
