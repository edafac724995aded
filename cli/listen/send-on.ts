import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { DeliveryEdit } from "#lib/contract/relay.ts";
import type { Tried } from "#lib/contract/relay-schemas.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type Draft, draftOf } from "#lib/forward/draft.ts";
import { outgoing } from "#lib/forward/outgoing.ts";
import { type SendResult, send } from "#lib/forward/send.ts";
import { joinTarget } from "#lib/forward/target.ts";
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
  /** Of a command: a line that it wrote to stderr. */
  onLine: (line: string) => void;
};

/** The contract's limits on what an acknowledgement holds. */
const URL_CHARACTERS_MAX = 16_384;
const MESSAGE_CHARACTERS_MAX = 4_096;
const HEADERS_MAX = 1_000;
const CHANGES_MAX = 2_000;
const CONNECT_MS_MAX = 5_000;

/** Takes a request to its target, once; never throws. */
export async function sendOn(errand: Errand, { way, timeoutMs }: Route): Promise<Tried> {
  const draft = draftOf(errand.request, errand.body, errand.edit ?? undefined);
  const startedAt = new Date().toISOString();
  const sent =
    way.kind === "url"
      ? await sendToUrl(draft, errand, way, timeoutMs)
      : await sendToCommand(draft, errand, way.command, timeoutMs);
  return {
    kind: "tried",
    startedAt,
    bodySha256Sent: createHash("sha256").update(draft.body).digest("hex"),
    ...sent,
  };
}

type Sent = Omit<Tried, "kind" | "startedAt" | "bodySha256Sent">;

async function sendToUrl(
  draft: Draft,
  { forwardId, append }: Errand,
  way: Extract<Way, { kind: "url" }>,
  timeoutMs: number,
): Promise<Sent> {
  const { target, hostHeader } = way;
  const path = joinTarget(target, draft.target, append && way.append);
  const { request, changes } = outgoing(draft, {
    path,
    authority: hostHeader ?? target.authority,
    ...(hostHeader === null ? {} : { authorityWhy: "asked for with --host-header" }),
    forwardId,
  });
  const result = await send(request, target, {
    allowedRanges: "any",
    lookup: (host) => lookup(host, { all: true }),
    insecure: way.insecure,
    connectMs: Math.min(CONNECT_MS_MAX, timeoutMs),
    totalMs: timeoutMs,
    advice: localAdvice,
  });
  const url = `${target.scheme}://${target.authority}${path}`;
  return {
    url: url.slice(0, URL_CHARACTERS_MAX),
    changes: changes.slice(0, CHANGES_MAX),
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
  draft: Draft,
  errand: Errand,
  command: string,
  timeoutMs: number,
): Promise<Sent> {
  const ended = await runCommand({ command, draft, errand, timeoutMs });
  return {
    url: command.slice(0, URL_CHARACTERS_MAX),
    changes: [],
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
