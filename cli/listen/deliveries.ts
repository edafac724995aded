import type { Delivery } from "#lib/contract/relay.ts";
import type { Outcome } from "#lib/contract/relay-schemas.ts";
import { fetchBody } from "./fetch-body.ts";
import { hintFor } from "./hints.ts";
import type { Job, Settled } from "./job.ts";
import type { Resign } from "../signing/resign.ts";
import { OutcomeMemory } from "./outcome-memory.ts";
import type { Route } from "./route.ts";
import { sendOn } from "./send-on.ts";

/** The server takes silence of 60 s for a loss: a slow line or a breakpoint says that it is none. */
const WORKING_EVERY_MS = 15_000;
const MEMORY_BYTES_MAX = 16 * 1024 * 1024;

type Acknowledge = (outcome: Outcome) => void;

type Parts = {
  /** As they are at this moment: the file that they come from may be edited. */
  routes: () => readonly Route[];
  bodyUrl: (requestId: string) => string;
  key: string;
  resign: Resign | null;
  /** Tells the server that it takes longer. */
  working: (forwardId: string) => void;
  report: {
    begun: (job: Job) => void;
    progress: (job: Job) => void;
    line: (job: Job, line: string) => void;
    settled: (settled: Settled) => void;
  };
};

/**
 * What is done with deliveries. Each forward id is done once: while it is under way a repeat only brings the connection over
 * which to acknowledge, and afterwards it is acknowledged from memory.
 */
export class Deliveries {
  readonly #parts: Parts;
  readonly #running = new Map<string, { acknowledge: Acknowledge }>();
  readonly #done = new OutcomeMemory(MEMORY_BYTES_MAX);
  #whenIdle: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  take(delivery: Delivery, acknowledge: Acknowledge): void {
    const { forwardId } = delivery;
    const known = this.#done.get(forwardId);
    if (known) return acknowledge(known);
    const running = this.#running.get(forwardId);
    if (running) running.acknowledge = acknowledge;
    else void this.#run(delivery, acknowledge);
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    if (this.#running.size > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  async #run(delivery: Delivery, acknowledge: Acknowledge): Promise<void> {
    const { forwardId } = delivery;
    const { report, working } = this.#parts;
    const running = { acknowledge };
    this.#running.set(forwardId, running);
    const job: Job = { delivery, startedAt: Date.now(), route: null, fetched: null };
    const tell = setInterval(() => working(forwardId), WORKING_EVERY_MS);
    report.begun(job);
    const outcome = await this.#carry(job);
    clearInterval(tell);
    this.#running.delete(forwardId);
    this.#done.keep(forwardId, outcome);
    running.acknowledge(outcome);
    const { request } = delivery;
    const hint =
      outcome.kind === "tried" && job.route
        ? hintFor({ request, route: job.route, tried: outcome })
        : null;
    report.settled({ job, outcome, hint });
    if (this.#running.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  async #carry(job: Job): Promise<Outcome> {
    const { delivery } = job;
    const { request, edit } = delivery;
    const routes = this.#parts.routes();
    const body = await this.#bodyOf(job);
    if (!Buffer.isBuffer(body)) return body;
    const route = routes.find(({ filter }) => !filter || filter.matches(request, body));
    if (!route) return { kind: "unwanted" };
    job.route = route;
    this.#parts.report.progress(job);
    const { forwardId, attempt, append } = delivery;
    const onLine = (line: string) => this.#parts.report.line(job, line);
    const { resign } = this.#parts;
    return sendOn({ request, body, edit, forwardId, attempt, append, resign, onLine }, route);
  }

  /** The captured body, whole; an outcome when it can't be had. */
  async #bodyOf(job: Job): Promise<Buffer | Outcome> {
    const { request, body } = job.delivery;
    if (body) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (request.bodySize === 0) return Buffer.alloc(0);
    const startedAt = new Date(job.startedAt).toISOString();
    const fetched = await fetchBody({
      url: this.#parts.bodyUrl(request.id),
      key: this.#parts.key,
      size: request.bodySize,
      sha256: request.bodySha256,
      onProgress: (bytes) => {
        job.fetched = bytes;
        this.#parts.report.progress(job);
      },
    });
    job.fetched = null;
    if (fetched.kind === "whole") return fetched.body;
    return notTried(request.bodySha256, startedAt, fetched.message);
  }
}

const notTried = (sha256: string, startedAt: string, message: string): Outcome => ({
  kind: "tried",
  url: null,
  startedAt,
  status: null,
  headers: [],
  bodySize: 0,
  body: Buffer.alloc(0),
  bodySha256Sent: sha256,
  changes: [],
  timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
  error: { code: "interrupted", message },
});
