import type { IncomingMessage, ServerResponse } from "node:http";
import type { StoredAnswer } from "../contract/answer.ts";
import { fixedHeaders, isStrippedHeader, REQUEST_ID_HEADER } from "../contract/answer-headers.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { Handshake } from "../providers/handshakes/row.ts";
import { type HooklensError, problemBody, problems } from "../errors.ts";

/** What goes out: decided before the commit, stored with the request. */
export type PlannedAnswer = {
  status: number;
  /** The owner's headers that may be sent. */
  headers: HeaderPair[];
  body: Buffer;
  delayMs: number;
  /** The connection ends with this answer: the sender may be sending still. */
  close: boolean;
  /** Header lines but the request's id, flat as Node takes them: the same for all requests with this answer. */
  lines: string[];
};

const PROBLEM_TYPE: HeaderPair = ["Content-Type", "application/problem+json"];

const planned = new WeakMap<StoredAnswer, PlannedAnswer>();

/** A bin's answer, made ready once for all requests that it answers. */
export function planAnswer(answer: StoredAnswer): PlannedAnswer {
  let plan = planned.get(answer);
  if (!plan) {
    plan = plannedAnswer({
      ...answer,
      headers: answer.headers.filter(([name]) => !isStrippedHeader(name)),
      close: false,
    });
    planned.set(answer, plan);
  }
  return plan;
}

/** An answer that tells of a problem with a request that is stored all the same. */
export function planProblem(error: HooklensError): PlannedAnswer {
  return plannedAnswer({
    status: problems[error.code].status,
    headers: [PROBLEM_TYPE, ...Object.entries(error.headers)],
    body: Buffer.from(JSON.stringify(problemBody(error))),
    delayMs: 0,
    close: true,
  });
}

/** What is not verified gets this in a bin that takes nothing else (RFC 9110 15.5.2 wants the challenge). */
export const REFUSAL = plannedAnswer({
  status: 401,
  headers: [
    ["Content-Type", "text/plain; charset=utf-8"],
    ["WWW-Authenticate", "Signature"],
  ],
  body: Buffer.from("The signature of this request was not verified.\n"),
  delayMs: 0,
  close: false,
});

/** What a provider wants back when it checks the URL. */
export function planHandshake({ status, headers, body }: Handshake): PlannedAnswer {
  return plannedAnswer({ status, headers, body: Buffer.from(body), delayMs: 0, close: false });
}

/** The same answer as the last one on its connection. */
export function closing(plan: PlannedAnswer): PlannedAnswer {
  return plan.close ? plan : plannedAnswer({ ...plan, close: true });
}

/** @param length what Content-Length says: the body's, but for HEAD. */
export function plannedAnswer(
  plan: Omit<PlannedAnswer, "lines">,
  length = plan.body.byteLength,
): PlannedAnswer {
  const lines = fixedHeaders.concat(plan.headers).flat();
  if (!isBodiless(plan.status)) lines.push("Content-Length", String(length));
  if (plan.close) lines.push("Connection", "close");
  return { ...plan, lines };
}

/** Statuses that have no body and no length (RFC 9110 8.6). */
function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

/** Writes the head. `requestId` null: nothing was stored. */
function writeHead(response: ServerResponse, plan: PlannedAnswer, requestId: string | null): void {
  const lines = requestId === null ? plan.lines : [REQUEST_ID_HEADER, requestId, ...plan.lines];
  response.writeHead(plan.status, lines);
}

/** Sends the whole answer; HEAD gets GET's length and no body (Node drops it). */
export function sendAnswer(
  response: ServerResponse,
  plan: PlannedAnswer,
  requestId: string | null,
): void {
  writeHead(response, plan, requestId);
  // Without a body head and end go out in one write; an empty buffer would make them two.
  if (plan.body.byteLength === 0) response.end();
  else response.end(plan.body);
}

const LINGER_BYTES = 1024 * 1024;
const LINGER_MS = 2_000;

/**
 * Sends an answer to a sender that is still sending, and reads on for 1 MiB or 2 s before the connection ends: closed
 * at once, unread bytes would make the kernel reset it, and the sender would never see the answer. `sent` is called when
 * the answer itself has left.
 */
export function sendAndLinger(
  request: IncomingMessage,
  response: ServerResponse,
  plan: PlannedAnswer,
  requestId: string | null,
  sent: () => void,
): void {
  writeHead(response, closing(plan), requestId);
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
  const send = () => {
    if (request.complete)
      sendAnswer(response, close ? plan : plannedAnswer({ ...plan, close }), null);
    else sendAndLinger(request, response, plan, null, () => {});
  };
  if (request.complete) return send();
  // A small body has come with its head: once it is parsed the connection can be kept.
  request.resume();
  setImmediate(send);
}
