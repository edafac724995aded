import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { Change } from "#lib/contract/forwards.ts";
import type { DeliveryEdit } from "#lib/contract/relay.ts";
import type { Tried } from "#lib/contract/relay-schemas.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type Draft, draftOf } from "#lib/forward/draft.ts";
import { outgoing } from "#lib/forward/outgoing.ts";
import { type SendResult, send } from "#lib/forward/send.ts";
import { joinTarget, type Target } from "#lib/forward/target.ts";
import type { Resign } from "../signing/resign.ts";
import type { Advice } from "#lib/forward/failure.ts";
import { localAdvice } from "./advice.ts";
import type { Route, Way } from "./route.ts";
import { runCommand } from "./run-command.ts";

/** A captured request on its way to a target of this machine. */
export type Errand = {
  request: CapturedRequest;
  /** The captured one, whole. */
  body: Buffer;
  edit: DeliveryEdit | null;
  /** The same over all tries. */
  forwardId: string;
  attempt: number;
  /** Whether the captured path and query may follow the target's. */
  append: boolean;
  /** Signs it again; null: it goes on as it came. */
  resign: Resign | null;
  /** Of a command: a line that it wrote to stderr. */
  onLine: (line: string) => void;
};

/** What is sent, with the URL to ask: null for a command. */
type Ready = { draft: Draft; url: string | null; changes: Change[] };

/** The contract's limits on what an acknowledgement holds. */
const URL_CHARACTERS_MAX = 16_384;
const MESSAGE_CHARACTERS_MAX = 4_096;
const HEADERS_MAX = 1_000;
const CHANGES_MAX = 2_000;
const CONNECT_MS_MAX = 5_000;

/** Takes a request to its target, once; never throws. */
export async function sendOn(
  errand: Errand,
  { way, timeoutMs }: Route,
  advice: Advice = localAdvice,
): Promise<Tried> {
  const ready = await makeReady(errand, way);
  const startedAt = new Date().toISOString();
  const sent =
    way.kind === "url"
      ? await sendToUrl(ready, errand, way, { timeoutMs, advice })
      : await sendToCommand(ready, errand, way.command, timeoutMs);
  return {
    kind: "tried",
    startedAt,
    bodySha256Sent: createHash("sha256").update(ready.draft.body).digest("hex"),
    ...sent,
  };
}

async function makeReady(errand: Errand, way: Way): Promise<Ready> {
  const draft = draftOf(errand.request, errand.body, errand.edit ?? undefined);
  const url =
    way.kind === "url"
      ? originOf(way.target) + joinTarget(way.target, draft.target, errand.append && way.append)
      : null;
  if (!errand.resign) return { draft, url, changes: [] };
  const { unsigned, ...signed } = await errand.resign(errand.request.provider, draft, url);
  if (unsigned !== null) errand.onLine(`Not signed again: ${unsigned}.`);
  return signed;
}

const originOf = ({ scheme, authority }: Target) => `${scheme}://${authority}`;

type Sent = Omit<Tried, "kind" | "startedAt" | "bodySha256Sent">;

async function sendToUrl(
  { draft, url, changes: signed }: Ready,
  { forwardId }: Errand,
  way: Extract<Way, { kind: "url" }>,
  { timeoutMs, advice }: { timeoutMs: number; advice: Advice },
): Promise<Sent> {
  const { target, hostHeader } = way;
  const asked = url ?? originOf(target);
  const { request, changes } = outgoing(draft, {
    path: asked.slice(originOf(target).length),
    authority: hostHeader ?? target.authority,
    ...(hostHeader === null ? {} : { authorityWhy: "asked for with --host-header" }),
    forwardId,
  });
  const result = await send(request, target, {
    judge: () => ({ allowed: true }),
    lookup: (host) => lookup(host, { all: true }),
    insecure: way.insecure,
    connectMs: Math.min(CONNECT_MS_MAX, timeoutMs),
    totalMs: timeoutMs,
    advice,
  });
  return {
    url: asked.slice(0, URL_CHARACTERS_MAX),
    changes: [...signed, ...changes].slice(0, CHANGES_MAX),
    ...answered(result),
  };
}

function answered(
  result: SendResult,
): Pick<Sent, "status" | "headers" | "body" | "bodySize" | "timing" | "error"> {
  const answer = result.kind === "response" ? result : result.answer;
  return {
    status: answer?.status ?? null,
    headers: (answer?.headers ?? []).slice(0, HEADERS_MAX),
    body: answer?.body ?? Buffer.alloc(0),
    bodySize: answer?.bodySize ?? 0,
    timing: result.timing,
    error:
      result.kind === "failure"
        ? { code: result.code, message: result.message.slice(0, MESSAGE_CHARACTERS_MAX) }
        : null,
  };
}

async function sendToCommand(
  { draft, changes }: Ready,
  errand: Errand,
  command: string,
  timeoutMs: number,
): Promise<Sent> {
  const ended = await runCommand({ command, draft, errand, timeoutMs });
  return {
    url: command.slice(0, URL_CHARACTERS_MAX),
    changes: changes.slice(0, CHANGES_MAX),
    status: null,
    headers: [],
    body: ended.output,
    bodySize: ended.outputSize,
    timing: {
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      firstByteMs: null,
      totalMs: ended.totalMs,
    },
    error: ended.error,
  };
}
