import type { Io } from "../io.ts";
import { jsonLine } from "../terminal/json-line.ts";
import type { Job, Settled } from "./job.ts";
import type { Reporter } from "./reporter.ts";
import { describeRoute } from "./route.ts";

/** One JSON object a line; docs/cli.md lists them. */
export function createJsonReporter(io: Io): Reporter {
  const tell = (event: string, facts: object) =>
    io.out(jsonLine({ event, at: new Date().toISOString(), ...facts }));
  return {
    beginning: ({ name, captureUrl, targets }) => tell("starting", { name, captureUrl, targets }),
    connected: (welcome) => tell("connected", { again: false, ...welcome }),
    back: (welcome, awayMs) => tell("connected", { again: true, awayMs, ...welcome }),
    caughtUp: (count) => tell("caught_up", { count }),
    heard: () => {},
    lost: (reason, since) =>
      tell("disconnected", { reason, heardAt: since === 0 ? null : new Date(since).toISOString() }),
    stillLost: () => {},
    begun: (job) => tell("request", { ...identity(job), ...head(job) }),
    progress: () => {},
    line: (job, line) => tell("output", { ...identity(job), line }),
    settled: (settled) => io.out(jsonLine(settledFacts(settled))),
    passed: (passed) => tell("passed", passed),
    head: (lastSeq) => tell("head", { lastSeq }),
    reloaded: (routes) => tell("reloaded", { targets: routes.map(describeRoute) }),
    notReloaded: (message) => tell("not_reloaded", { message }),
    leaving: (running) => tell("leaving", { running }),
    end: () => {},
  };
}

/** What became of a request; `replay` tells it as well. */
export function settledFacts({ job, outcome, hint }: Settled): object {
  const at = new Date().toISOString();
  if (outcome.kind === "unwanted") return { event: "unwanted", at, ...identity(job) };
  const { body, kind: _, ...rest } = outcome;
  const bodyBase64 = Buffer.from(body).toString("base64");
  return { event: "outcome", at, ...identity(job), ...rest, bodyBase64, hint };
}

const identity = ({ delivery: { request, forwardId, attempt, asked } }: Job) => ({
  seq: request.seq,
  id: request.id,
  forwardId,
  attempt,
  asked,
});

const head = ({ delivery: { request } }: Job) => ({
  receivedAt: request.receivedAt,
  method: request.method,
  target: request.target,
  contentType: request.contentType,
  bodySize: request.bodySize,
  bodySha256: request.bodySha256,
  provider: request.provider,
});
