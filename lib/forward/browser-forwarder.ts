import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type {
  BrowserForwardBegun,
  BrowserForwardCreate,
  BrowserReport,
} from "../contract/browser-forwards.ts";
import { BROWSER_REPORT_MS_MAX } from "../contract/browser-limits.ts";
import { isDelivered } from "../contract/delivered.ts";
import type { Forward } from "../contract/forwards.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError, wrongField } from "../errors.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import { browserDraft } from "./browser-draft.ts";
import { browserError, unreported } from "./browser-failure.ts";
import { draftOf } from "./draft.ts";
import { isEdit } from "./edit.ts";
import type { Forwarder } from "./forwarder.ts";
import { resign, type SecretsOf } from "./resign.ts";
import { joinTarget, type Target } from "./target.ts";

const SWEEP_INTERVAL_MS = 60_000;

type Parts = {
  forwarder: Pick<Forwarder, "check">;
  store: Pick<Store, "requests" | "forwards" | "browserForwards">;
  live: Pick<Live, "forward">;
  log: Log;
  secretsOf: SecretsOf;
};

/** The page that will send. */
export type Sender = { origin: string; userAgent: string };

export type BrowserForwarder = ReturnType<typeof createBrowserForwarder>;

/**
 * Forwards that a page makes to its own machine. Here they are only prepared (edited, signed again, with what a browser
 * can't keep) and recorded: as attempts that may have been made, until the page says what it was told.
 */
export function createBrowserForwarder({ forwarder, store, live, log, secretsOf }: Parts) {
  let sweeping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** @throws HooklensError request_not_found, body_incomplete, invalid_fields */
  async function begin(
    binId: string,
    requestId: string,
    { mode, ...input }: BrowserForwardCreate,
    sender: Sender,
  ): Promise<BrowserForwardBegun> {
    const { request, target, append } = await forwarder.check(binId, requestId, input);
    if (!target) throw wrongField("/to", "A page sends to a URL: a listener is no target of it");
    const { draft, url, changes, bodySize, bodyBase64 } = await prepare(
      request,
      input,
      target,
      append,
    );
    const id = uuidv7();
    const sent = browserDraft({ ...draft, url, bodySize }, { ...sender, mode, forwardId: id });
    if (sent.kind === "refused") throw wrongField("/to", sent.why.replace(/\.$/, ""));
    const forward = await store.browserForwards.begin(
      {
        id,
        binId,
        requestId,
        to: input.to,
        listener: null,
        append,
        resigned: input.resign ?? false,
        edited: isEdit(input.edit),
      },
      {
        id: uuidv7(),
        startedAt: new Date(),
        url: sent.request.url,
        changes: [...changes, ...sent.changes],
        error: unreported,
      },
    );
    live.forward(binId, forward);
    return { forward, request: { ...sent.request, bodyBase64 } };
  }

  async function prepare(
    request: CapturedRequest,
    input: Pick<BrowserForwardCreate, "edit" | "resign">,
    target: Target,
    append: boolean,
  ) {
    const captured = input.resign ? await bodyOf(request) : Buffer.alloc(0);
    const draft = draftOf(request, captured, input.edit);
    const path = joinTarget(target, draft.target, append);
    const url = `${target.scheme}://${target.authority}${path}`;
    if (!input.resign) {
      const bodySize = input.edit?.bodyBase64 === undefined ? request.bodySize : draft.body.length;
      return { draft, url, changes: [], bodySize, bodyBase64: null };
    }
    const signed = await resign({ captured: request, body: captured, draft, secretsOf }, url);
    // Secrets go in and never come out: not to a page either.
    if (signed.isSecretItself) throw wrongField("/resign", TOLD);
    const { body } = signed.draft;
    return {
      ...signed,
      bodySize: body.length,
      bodyBase64: body.equals(draft.body) ? null : body.toString("base64"),
    };
  }

  async function bodyOf({ binId, id }: CapturedRequest): Promise<Buffer> {
    const body = await store.requests.body(binId, id);
    if (!body) throw new HooklensError("request_not_found", "It was removed since.");
    return body;
  }

  /**
   * Stores what the page was told; a second report changes nothing and is answered with what is stored.
   * @throws HooklensError forward_not_found
   */
  async function report(binId: string, forwardId: string, told: BrowserReport): Promise<Forward> {
    const forward = isUuid(forwardId) ? await settled(binId, forwardId, told) : null;
    if (forward?.byBrowser) return forward;
    throw new HooklensError("forward_not_found", "It was never here, or was removed since.");
  }

  async function settled(binId: string, forwardId: string, told: BrowserReport) {
    const begun = await store.browserForwards.pending(binId, forwardId);
    const forward = begun && (await settle(binId, forwardId, begun.url, told));
    return forward ?? store.forwards.get(binId, forwardId);
  }

  async function settle(
    binId: string,
    forwardId: string,
    url: string,
    told: BrowserReport,
  ): Promise<Forward | null> {
    const { result, timing, bodySha256Sent } = told;
    const answer = result.kind === "answer" ? result : null;
    const outcome = {
      status: answer?.status ?? null,
      headers: answer?.headers ?? [],
      body: Buffer.from(answer?.bodyBase64 ?? "", "base64"),
      bodySize: answer?.bodySize ?? 0,
      bodySha256Sent: Buffer.from(bodySha256Sent ?? "", "hex"),
      timing,
      error: browserError(told, url),
    };
    const state = isDelivered(outcome) ? "delivered" : "failed";
    const forward = await store.browserForwards.settle(binId, forwardId, state, outcome);
    const { status, error } = outcome;
    log.info({ binId, forwardId, status, code: error?.code }, "forwarded by a browser");
    if (forward) live.forward(binId, forward);
    return forward;
  }

  async function sweep(): Promise<void> {
    const before = new Date(Date.now() - BROWSER_REPORT_MS_MAX);
    for (const { binId, id } of await store.browserForwards.abandon(before)) {
      const forward = await store.forwards.get(binId, id);
      if (forward) live.forward(binId, forward);
    }
  }

  function sweepInBackground(): void {
    sweeping = sweep().catch((error: unknown) => {
      log.warn({ err: error }, "forwards that no page reported could not be looked for");
    });
  }

  function start(): void {
    sweepInBackground();
    timer = setInterval(sweepInBackground, SWEEP_INTERVAL_MS);
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    await sweeping;
  }

  return { begin, report, start, stop };
}

const TOLD =
  "Its sender sends the secret itself, which this page is not told: choose the server, or send it as it was captured";
