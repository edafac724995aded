import { randomUUID } from "node:crypto";
import { isDelivered } from "#lib/contract/delivered.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { Outcome } from "#lib/contract/relay-schemas.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { incompleteReason } from "#lib/forward/incomplete.ts";
import type { BinAccess } from "../bin-access.ts";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { hintFor } from "../listen/hints.ts";
import type { Job } from "../listen/job.ts";
import { settledFacts } from "../listen/json-reporter.ts";
import { explanationOf, requestLine } from "../listen/lines.ts";
import type { Route } from "../listen/route.ts";
import { sendOn } from "../listen/send-on.ts";
import { readBody } from "../read-body.ts";
import { forwardLines } from "../show/forward-lines.ts";
import type { Resign } from "../signing/resign.ts";
import { counted } from "../terminal/format.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";
import { wrap } from "../terminal/wrap.ts";
import { pickRequests } from "./pick-requests.ts";

type Replaying = {
  words: readonly string[];
  limit: number;
  access: BinAccess;
  io: Io;
  json: boolean;
  quiet: boolean;
};

const INDENT = 9;

/** Sends requests from this machine, one after the other. */
export async function replay({
  routes,
  resign,
  ...replaying
}: Replaying & { routes: readonly Route[]; resign: Resign | null }): Promise<ExitCode> {
  const { access, io } = replaying;
  return each(replaying, async (request) => {
    const incomplete = incompleteReason(request);
    if (incomplete !== null) {
      io.note(io.errorStyle.bad(`#${request.seq} was not sent. ${incomplete}`));
      return false;
    }
    const job = toJob(request);
    const onLine = (line: string) => io.note(`${" ".repeat(INDENT)}${visible(line)}`);
    const { outcome, route } = await carry(job, { routes, resign, access, onLine });
    tell(
      {
        job,
        outcome,
        hint:
          route && outcome.kind === "tried" ? hintFor({ request, route, tried: outcome }) : null,
      },
      replaying,
    );
    return outcome.kind === "tried" && isDelivered(outcome);
  });
}

/** Asks the server to hand requests to a connected listener, one after the other. */
export async function replayThroughListener({
  name,
  append,
  isResigned,
  ...replaying
}: Replaying & {
  name: string | undefined;
  append: boolean;
  isResigned: boolean;
}): Promise<ExitCode> {
  const { access, io, json, quiet } = replaying;
  return each(replaying, async (request) => {
    const forward = await access.client.forward(access.bin, request.id, {
      to: "listener",
      append,
      ...(name === undefined ? {} : { name }),
      ...(isResigned ? { resign: true } : {}),
    });
    const isDelivered = forward.state === "delivered";
    if (json) io.out(jsonLine({ event: "outcome", seq: request.seq, id: request.id, forward }));
    else if (!quiet || !isDelivered) printForward(request, forward, io);
    return isDelivered;
  });
}

function printForward(request: CapturedRequest, forward: Forward, { style, out }: Io): void {
  out(
    `${style.strong(`#${request.seq}`)} ${visible(request.method)} ${visible(request.target || "/")}`,
  );
  for (const line of forwardLines([forward], request, style)) out(`  ${line}`);
}

/** Exit code 7 when one was no success. */
async function each(
  { words, limit, access, io, json, quiet }: Replaying,
  take: (request: CapturedRequest) => Promise<boolean>,
): Promise<ExitCode> {
  const { ids, isCut } = await pickRequests(words, limit, access);
  let failed = 0;
  for (const id of ids) {
    if (!(await take(await access.client.request(access.bin, id)))) failed += 1;
  }
  if (isCut)
    io.note(
      io.errorStyle.warn(`There are older ones that match: --limit takes more than ${limit}.`),
    );
  if (!json && !quiet && ids.length > 1)
    io.note(io.errorStyle.dim(`${counted(ids.length, "request")}, ${failed} failed.`));
  return failed > 0 ? Exit.targetFailed : Exit.done;
}

const toJob = (request: CapturedRequest): Job => ({
  delivery: {
    forwardId: randomUUID(),
    attempt: 1,
    asked: false,
    append: true,
    request,
    body: null,
    edit: null,
  },
  startedAt: Date.now(),
  route: null,
  fetched: null,
});

type Carrying = {
  routes: readonly Route[];
  resign: Resign | null;
  access: BinAccess;
  onLine: (line: string) => void;
};

async function carry(
  { delivery: { request, forwardId } }: Job,
  { routes, resign, access, onLine }: Carrying,
): Promise<{ outcome: Outcome; route: Route | null }> {
  const body = await readBody(request, access);
  const route = routes.find(({ filter }) => !filter || filter.matches(request, body)) ?? null;
  if (!route) return { outcome: { kind: "unwanted" }, route };
  const outcome = await sendOn(
    { request, body, edit: null, forwardId, attempt: 1, append: true, resign, onLine },
    route,
  );
  return { outcome, route };
}

function tell(
  settled: { job: Job; outcome: Outcome; hint: string | null },
  { io, json, quiet }: Replaying,
): void {
  const { job, outcome, hint } = settled;
  if (json) return io.out(jsonLine(settledFacts(settled)));
  if (quiet && outcome.kind === "tried" && isDelivered(outcome)) return;
  io.out(requestLine(job, outcome, io.columns(), io.style));
  const more = explanationOf(outcome, hint);
  if (more) for (const line of wrap(more, io.columns(), INDENT)) io.out(io.style.warn(line));
}
