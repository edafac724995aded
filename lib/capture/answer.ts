import type { IncomingMessage, ServerResponse } from "node:http";
import { isStrippedHeader, type StoredAnswer, sentHeaders } from "../contract/answer.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { type HooklensError, problemBody, problems } from "../errors.ts";

/** What goes out: decided before the commit, stored with the request. */
export type PlannedAnswer = {
  status: number;
  /** The owner's headers that may be sent. */
  headers: HeaderPair[];
  body: Buffer;
  delayMs: number;
  /** The connection ends with this answer. */
  close: boolean;
};

const PROBLEM_TYPE: HeaderPair = ["Content-Type", "application/problem+json"];

const planned = new WeakMap<StoredAnswer, PlannedAnswer>();

/** A bin's answer, made ready once for all requests that it answers. */
export function planAnswer(answer: StoredAnswer): PlannedAnswer {
  let plan = planned.get(answer);
  if (!plan) {
    plan = {
      ...answer,
      headers: answer.headers.filter(([name]) => !isStrippedHeader(name)),
      close: false,
    };
    planned.set(answer, plan);
  }
  return plan;
}

/** An answer that tells of a problem with a request that is stored all the same. */
export function planProblem(error: HooklensError): PlannedAnswer {
  return {
    status: problems[error.code].status,
    headers: [PROBLEM_TYPE, ...Object.entries(error.headers)],
    body: Buffer.from(JSON.stringify(problemBody(error))),
    delayMs: 0,
    close: true,
  };
}

/** Statuses that have no body and no length (RFC 9110 8.6). */
const isBodiless = (status: number) => status === 204 || status === 304;

/** Writes the head. `requestId` null: nothing was stored. */
function writeHead(response: ServerResponse, plan: PlannedAnswer, requestId: string | null): void {
  const flat: string[] = [];
  const pairs = requestId === null ? plan.headers : sentHeaders(plan.headers, requestId);
  for (const [name, value] of pairs) flat.push(name, value);
  if (!isBodiless(plan.status)) flat.push("Content-Length", String(plan.body.byteLength));
  if (plan.close) flat.push("Connection", "close");
  response.writeHead(plan.status, flat);
}

/** Sends the whole answer; HEAD gets GET's length and no body (Node drops it). `sent` is called when the kernel has it. */
export function sendAnswer(
  response: ServerResponse,
  plan: PlannedAnswer,
  requestId: string | null,
  sent: () => void,
): void {
  writeHead(response, plan, requestId);
  response.end(plan.body, sent);
}

const LINGER_BYTES = 1024 * 1024;
const LINGER_MS = 2_000;

/**
 * Sends an answer to a sender that is still sending, and reads on for 1 MiB or 2 s before the connection ends: closed
 * at once, unread bytes would make the kernel reset it, and the sender would never see the answer.
 */
export function sendAndLinger(
  request: IncomingMessage,
  response: ServerResponse,
  plan: PlannedAnswer,
  requestId: string | null,
  sent: () => void,
): void {
  writeHead(response, { ...plan, close: true }, requestId);
  response.write(plan.body, sent);
  let left = LINGER_BYTES;
  const end = () => {
    clearTimeout(timer);
    request.off("data", discard);
    response.end();
  };
  const discard = (piece: Buffer) => {
    left -= piece.byteLength;
    if (left <= 0) end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once("end", end).once("close", end).on("data", discard).resume();
  if (request.complete || request.destroyed) end();
}

/** Refuses a request that is not stored. `close`: the connection takes no further one. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: HooklensError,
  close: boolean,
): void {
  request.on("error", () => {});
  const plan = planProblem(error);
  if (request.complete) sendAnswer(response, { ...plan, close }, null, () => {});
  else sendAndLinger(request, response, plan, null, () => {});
}
