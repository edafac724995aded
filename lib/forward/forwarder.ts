import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config.ts";
import type { Page } from "../contract/bins.ts";
import { isDelivered } from "../contract/delivered.ts";
import type { Forward, ForwardCreate } from "../contract/forwards.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import type { Relay } from "../relay/relay.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { Store } from "../store/store.ts";
import { admit, isOwnMachine } from "./admission.ts";
import { interruptedAttempt, toAttempt } from "./attempt.ts";
import { draftOf } from "./draft.ts";
import { isEdit } from "./edit.ts";
import { SendFailure } from "./failure.ts";
import { judgeAddress } from "./guard.ts";
import type { Lookups } from "./lookups.ts";
import { outgoing } from "./outgoing.ts";
import { requireSecret, resign, resignedEdit, type SecretsOf } from "./resign.ts";
import { ForwardRoom } from "./room.ts";
import { send, TOTAL_MS_MAX } from "./send.ts";
import { joinTarget, type Target } from "./target.ts";
import type { Turns } from "./turns.ts";

/** Bodies of forwards under way, with what is kept of their answers. */
const ROOM_BYTES = 128 * 1024 * 1024;
/** Beside its body a forward holds the kept part of the answer, once raw and once as base64. */
const ANSWER_ROOM_BYTES = 640 * 1024;
/** How long forwards under way may still take when the server stops. */
const STOP_MS_MAX = 3_000;
/** A listener puts its report off for as long as its handler works; whoever waits ends it when the listener is gone. */
const ASKED_MS_MAX = 60 * 60 * 1000;
const SWEEP_INTERVAL_MS = 60_000;

type Parts = {
  config: Pick<Config, "forward">;
  store: Pick<Store, "requests" | "forwards">;
  live: Pick<Live, "forward">;
  relay: Pick<Relay, "ask">;
  log: Log;
  /** A bin's signing secrets, the newest first. */
  secretsOf: SecretsOf;
  /** Ports on this machine that are never forwarded to, with what is there. */
  ownPorts: ReadonlyMap<number, string>;
  takeTurn: Turns;
  lookupFor: Lookups;
};

type Sending = { target: Target; append: boolean };

/** What is done to a body after it was signed, so that the signature no longer fits. */
type Alter = (body: Buffer) => Buffer;

type Special = {
  alter?: Alter | undefined;
  /** Takes out of what is stored of it, but for the answer, what nobody may read back. */
  hide?: ((text: string) => string) | undefined;
};

const same = (text: string) => text;

/**
 * Sends captured requests on. A forward is `pending` from before its first byte is sent until its attempt is stored;
 * then it is `delivered` (2xx) or `failed`. One that a crash left pending fails as `interrupted`, since nobody knows
 * whether the target got it.
 */
export function createForwarder(parts: Parts) {
  const { config, store, live, relay, log, secretsOf, ownPorts, takeTurn, lookupFor } = parts;
  const room = new ForwardRoom(ROOM_BYTES);
  const underWay = new Set<Promise<Forward>>();
  const ending = new AbortController();
  let sweeping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /**
   * Forwards one request and resolves when the outcome is stored: a failure to deliver is an outcome.
   * @throws HooklensError request_not_found, body_incomplete, no_listener, which_listener, invalid_fields, rate_limited,
   * no_room, unavailable
   */
  async function forward(
    binId: string,
    requestId: string,
    input: ForwardCreate,
    { alter, hide }: Special = {},
  ): Promise<Forward> {
    const { request, target, append } = await check(binId, requestId, input);
    if (!target) return ask(request, input, append, alter);
    if (!isOwnMachine(target, config.forward)) await takeTurn(binId);
    const leave = await room.enter(binId, request.bodySize + ANSWER_ROOM_BYTES);
    if (!leave) throw noRoom();
    if (ending.signal.aborted) {
      leave();
      throw new HooklensError("unavailable", "The server is stopping.", { retryAfterSeconds: 5 });
    }
    const work = run(request, input, { target, append }, { alter, hide }).finally(() => {
      leave();
      underWay.delete(work);
    });
    underWay.add(work);
    return work;
  }

  /**
   * Whether it can be forwarded so, before anything is counted, stored or sent.
   * @throws HooklensError request_not_found, body_incomplete, invalid_fields
   */
  async function check(binId: string, requestId: string, input: ForwardCreate) {
    const request = await find(binId, requestId);
    const admitted = admit(request, input);
    if (input.resign) await requireSecret(request, secretsOf);
    return { request, ...admitted };
  }

  async function ask(
    request: CapturedRequest,
    { name, edit: asked, resign: isResigned = false }: ForwardCreate,
    append: boolean,
    alter: Alter | undefined,
  ): Promise<Forward> {
    const edit = isEdit(asked) ? asked : null;
    const how = { name, append, edit, isEdited: edit !== null || alter !== undefined, isResigned };
    if (!isResigned && !alter) return relay.ask(request, how);
    const body = await bodyOf(request);
    const draft = draftOf(request, body, asked);
    const signed = isResigned
      ? await resignedEdit({ captured: request, body, draft, secretsOf }, edit)
      : edit;
    if (!alter) return relay.ask(request, { ...how, edit: signed });
    const asSigned = draftOf(request, body, signed ?? undefined).body;
    const bodyBase64 = alter(asSigned).toString("base64");
    return relay.ask(request, { ...how, edit: { ...signed, bodyBase64 } });
  }

  async function bodyOf({ binId, id }: CapturedRequest): Promise<Buffer> {
    const body = await store.requests.body(binId, id);
    if (!body) throw removed();
    return body;
  }

  async function find(binId: string, requestId: string): Promise<CapturedRequest> {
    const request = await store.requests.get(binId, requestId);
    if (!request) throw removed();
    return request;
  }

  async function run(
    request: CapturedRequest,
    input: ForwardCreate,
    { target, append }: Sending,
    { alter, hide = same }: Special,
  ): Promise<Forward> {
    const { id: requestId, binId } = request;
    const body = await bodyOf(request);
    const id = uuidv7();
    const edited = draftOf(request, body, input.edit);
    const origin = `${target.scheme}://${target.authority}`;
    const asked = `${origin}${joinTarget(target, edited.target, append)}`;
    const {
      draft: signed,
      url,
      changes,
    } = input.resign
      ? await resign({ captured: request, body, draft: edited, secretsOf }, asked)
      : { draft: edited, url: asked, changes: [] };
    const draft = alter ? { ...signed, body: alter(signed.body), edited: true } : signed;
    const path = url.slice(origin.length);
    const sent = outgoing(draft, { path, authority: target.authority, forwardId: id });
    await store.forwards.begin({
      id,
      binId,
      requestId,
      to: hide(input.to),
      listener: null,
      append,
      resigned: input.resign ?? false,
      edited: draft.edited,
    });
    const startedAt = new Date();
    const result = await send(sent.request, target, {
      judge: (address) => judgeAddress(address, config.forward.allowedRanges),
      signal: ending.signal,
      ownPorts,
      lookup: lookupFor(binId),
    });
    const settled = await settle(
      binId,
      id,
      toAttempt(result, startedAt, {
        body: draft.body,
        url: hide(url),
        changes: [...changes, ...sent.changes].map((one) => ({ ...one, value: hide(one.value) })),
      }),
    );
    if (!settled) throw removed();
    return settled;
  }

  async function settle(binId: string, id: string, attempt: NewAttempt): Promise<Forward | null> {
    const { status, error, timing } = attempt;
    const settled = await store.forwards.settle(
      id,
      isDelivered(attempt) ? "delivered" : "failed",
      attempt,
    );
    const outcome = { status, code: error?.code, totalMs: timing.totalMs };
    log.info({ binId, forwardId: id, ...outcome }, "forwarded");
    if (settled) live.forward(binId, settled);
    return settled;
  }

  /** @throws HooklensError request_not_found */
  async function list(
    binId: string,
    requestId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Forward>> {
    await find(binId, requestId);
    return store.forwards.list(binId, requestId, page);
  }

  /** Ends what a crash, here or in another process on this database, left pending for longer than a try can take. */
  async function sweep(): Promise<void> {
    const stale = await store.forwards.pending({
      sent: new Date(Date.now() - 2 * TOTAL_MS_MAX),
      asked: new Date(Date.now() - ASKED_MS_MAX),
    });
    for (const { id, binId, createdAt } of stale) {
      await settle(binId, id, interruptedAttempt(createdAt));
    }
  }

  function sweepInBackground(): void {
    sweeping = sweep().catch((error: unknown) => {
      log.warn(
        { err: error },
        "interrupted forwards could not be looked for; trying again in a minute",
      );
    });
  }

  function start(): void {
    sweepInBackground();
    timer = setInterval(sweepInBackground, SWEEP_INTERVAL_MS);
  }

  /** Waits a little for what is under way, then ends it: each forward is stored as interrupted. */
  async function stop(): Promise<void> {
    clearInterval(timer);
    const done = Promise.allSettled(underWay);
    await Promise.race([done, sleep(STOP_MS_MAX, undefined, { ref: false })]);
    ending.abort(
      new SendFailure(
        "interrupted",
        "Hooklens was stopped before the target had answered. The target may have handled the request.",
      ),
    );
    await Promise.all([Promise.allSettled(underWay), sweeping]);
  }

  return { forward, check, list, start, stop };
}

export type Forwarder = ReturnType<typeof createForwarder>;

const removed = () =>
  new HooklensError("request_not_found", "It was never here, or was removed since.");

const noRoom = () =>
  new HooklensError("no_room", "Too many forwards are under way. Try again when some are done.", {
    retryAfterSeconds: 5,
  });
