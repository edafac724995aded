import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { ApiError } from "#lib/contract/calls.ts";
import type { AttemptTiming } from "#lib/contract/forwards.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { DeliveryEdit } from "#lib/contract/relay.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { editErrors } from "#lib/forward/edit.ts";
import { incompleteReason } from "#lib/forward/incomplete.ts";
import { outgoing } from "#lib/forward/outgoing.ts";
import { send } from "#lib/forward/send.ts";
import { joinTarget } from "#lib/forward/target.ts";
import { textOf } from "#lib/scenarios/message.ts";
import type { Call, Event, Hands, Sending, Tried } from "#lib/scenarios/run.ts";
import type { Changed } from "#lib/scenarios/set-event.ts";
import { StepFailure } from "#lib/scenarios/step-failure.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError } from "../exit.ts";
import { findRequest, namesRequest, searchRequests } from "../find-request.ts";
import { flaglessAdvice } from "../listen/advice.ts";
import { readTarget, TIMEOUT_MS } from "../listen/route.ts";
import { RouteError } from "../listen/route-error.ts";
import { sendOn } from "../listen/send-on.ts";
import { readBody } from "../read-body.ts";
import type { Resign } from "../signing/resign.ts";

type HandsOptions = {
  access: BinAccess;
  /** Null: events are sent as they were captured. */
  resign: Resign | null;
  onLine: (line: string) => void;
};

/** A run's reach from this machine: events come from the bin, all else goes straight to its target. */
export function localHands({ access, resign, onLine }: HandsOptions): Hands {
  const { client, bin } = access;
  const known = new Map<string, { request: CapturedRequest; body: Buffer }>();

  async function take(request: CapturedRequest): Promise<Event> {
    const body = await readBody(request, access);
    known.set(request.id, { request, body });
    const { id, method, target, headers } = request;
    return { id, method, target, headers, body: textOf(body), bytes: body };
  }

  async function find(which: string): Promise<CapturedRequest> {
    if (namesRequest(which)) return findRequest(which, access);
    for await (const { id } of searchRequests(access, { q: which, max: 1 }))
      return client.request(bin, id);
    throw new StepFailure(`No request matches ${which}`);
  }

  async function sendEvent(
    { id, method }: Event,
    { to, append, resign: isResigned, changed }: Sending,
  ): Promise<Tried> {
    const event = known.get(id);
    const incomplete = event && incompleteReason(event.request);
    if (!event || incomplete) throw new StepFailure(incomplete ?? "The event is not here");
    if (isResigned && !resign)
      onLine("Sent as captured: --resign signs it again with a secret of this machine.");
    if (to === "listener") {
      throw new StepFailure("The command sends from this machine itself: `to` is a URL here.");
    }
    const route = readTarget(to);
    const way = { kind: "url", ...route, append, hostHeader: null, insecure: false } as const;
    const edit = changed && editOf(changed);
    const errand = { ...event, edit, forwardId: randomUUID(), attempt: 1, append };
    const tried = await sendOn(
      { ...errand, resign: isResigned ? resign : null, onLine },
      { filter: null, way, timeoutMs: TIMEOUT_MS },
      flaglessAdvice,
    );
    return toTried(`${method} ${tried.url ?? to}`, tried);
  }

  return {
    sample: (provider, event) =>
      asStep(async () => {
        const sent = await client.sendSample(bin, { provider, ...(event ? { event } : {}) });
        return take(await client.request(bin, sent.requestId));
      }),
    find: (which) => asStep(async () => take(await find(which))),
    send: (event, how) => asStep(() => sendEvent(event, how)),
    call: (call) => asStep(() => callOut(call)),
  };
}

function editOf({ headers, body }: Changed): DeliveryEdit {
  const edit = {
    ...(headers && { headers }),
    ...(body !== undefined && { bodyBase64: Buffer.from(body).toString("base64") }),
  };
  requireSendable(edit);
  return edit;
}

/** A value of somebody's event must not end a line of the head. */
function requireSendable(edit: DeliveryEdit): void {
  const [error] = editErrors(edit);
  if (error) throw new StepFailure(error.detail);
}

async function callOut({ method, url, headers, body }: Call): Promise<Tried> {
  requireSendable({ method, headers });
  const { target } = readTarget(url);
  const draft = {
    method,
    target: "",
    headers,
    trailers: [],
    body: Buffer.from(body ?? ""),
    edited: body !== null,
  };
  const { request } = outgoing(draft, {
    path: joinTarget(target, "", false),
    authority: target.authority,
    forwardId: randomUUID(),
  });
  const result = await send(request, target, {
    judge: () => ({ allowed: true }),
    lookup: (host) => lookup(host, { all: true }),
    totalMs: TIMEOUT_MS,
    advice: flaglessAdvice,
  });
  const asked = `${method} ${url}`;
  if (result.kind === "failure") return { asked, answer: null, error: result.message };
  return toTried(asked, { ...result, error: null });
}

type Came = {
  status: number | null;
  headers: HeaderPair[];
  body: Uint8Array;
  timing: AttemptTiming;
  error: { message: string } | null;
};

function toTried(asked: string, { status, headers, body, timing, error }: Came): Tried {
  if (error || status === null)
    return { asked, answer: null, error: error?.message ?? "No answer came" };
  return {
    asked,
    answer: { status, headers, body: textOf(body), totalMs: timing.totalMs },
    error: null,
  };
}

async function asStep<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isExpected =
      error instanceof ApiError || error instanceof CliError || error instanceof RouteError;
    throw isExpected ? new StepFailure(wordsOf(error)) : error;
  }
}

/** An answer that names fields says only there what is wrong with them. */
const wordsOf = (error: Error): string =>
  error instanceof ApiError && error.errors.length > 0
    ? error.errors.map(({ detail }) => detail).join(" ")
    : error.message;
