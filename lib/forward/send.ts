import http from "node:http";
import type { Socket } from "node:net";
import { ATTEMPT_BODY_BYTES_MAX } from "../contract/attempt-limits.ts";
import type { AttemptTiming } from "../contract/forwards.ts";
import { type HeaderPair, pairHeaders } from "../contract/headers.ts";
import { AwakeTimer } from "./awake-timer.ts";
import { type Clock, startClock } from "./clock.ts";
import { type DialOptions, dial } from "./dial.ts";
import {
  type Advice,
  explain,
  type Failure,
  serverAdvice,
  timeoutFailure,
  unaskedUpgrade,
} from "./failure.ts";
import { HeadKeeper } from "./head-keeper.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Target } from "./target.ts";
import { requestBytes } from "./wire.ts";

const CONNECT_MS_MAX = 5_000;
/** From the start to the end of the answer. */
export const TOTAL_MS_MAX = 30_000;
const ANSWER_HEAD_BYTES_MAX = 64 * 1024;
/** Reading stops here: the size that is told means "at least". */
const ANSWER_READ_BYTES_MAX = 10 * 1024 * 1024;

type Answer = {
  status: number;
  headers: HeaderPair[];
  /** The first ATTEMPT_BODY_BYTES_MAX of it. */
  body: Buffer<ArrayBuffer>;
  /** Bytes that came; 10 MiB or a little more when reading stopped there. */
  bodySize: number;
};

export type SendResult =
  | ({ kind: "response"; timing: AttemptTiming } & Answer)
  /** `answer`: what had come when an answer broke off. */
  | ({ kind: "failure"; timing: AttemptTiming; answer: Answer | null } & Failure);

export type SendOptions = DialOptions & {
  /** Ends the try; its reason is told as the failure (a SendFailure). */
  signal?: AbortSignal;
  connectMs?: number;
  totalMs?: number;
  /** What to do about a failure, where that depends on whose machine it is; absent: the server's. */
  advice?: Advice;
};

/** How far one try has come. */
type Try = {
  target: Target;
  advice: Advice;
  clock: Clock;
  signal: AbortSignal;
  socket: Socket | null;
  answer: PartialAnswer | null;
};
type PartialAnswer = { status: number; headers: HeaderPair[]; body: HeadKeeper };

/**
 * Sends one request over one new connection and reads the answer; never throws. Redirects are not followed, 1xx answers
 * are passed over, and an answer counts though the request was not read to its end.
 */
export async function send(
  request: Outgoing,
  target: Target,
  options: SendOptions,
): Promise<SendResult> {
  const { connectMs = CONNECT_MS_MAX, totalMs = TOTAL_MS_MAX } = options;
  const ending = new AbortController();
  const run: Try = {
    target,
    advice: options.advice ?? serverAdvice,
    clock: startClock(),
    signal: ending.signal,
    socket: null,
    answer: null,
  };
  const endAfter = (ms: number) =>
    new AwakeTimer(ms, () => ending.abort(timeoutFailure(ms / 1000, circumstances(run))));
  const stop = () => ending.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener("abort", stop, { once: true });
  const total = endAfter(totalMs);
  const connect = endAfter(connectMs);
  try {
    const dialling = { ...options, clock: run.clock, signal: ending.signal };
    run.socket = await dialAwake(() => dial(target, dialling), ending.signal, connect);
    connect.stop();
    const answer = await exchange(request, run.socket, run);
    return { kind: "response", ...answer, timing: run.clock.read() };
  } catch (error) {
    const reason: unknown = ending.signal.aborted ? ending.signal.reason : error;
    const failure = explain(reason, circumstances(run));
    const answer = run.answer && toAnswer(run.answer);
    return { kind: "failure", ...failure, answer, timing: run.clock.read() };
  } finally {
    connect.stop();
    total.stop();
    options.signal?.removeEventListener("abort", stop);
    run.socket?.destroy();
  }
}

/** Again when this machine slept meanwhile: Node's own time limits were due on waking, and nothing has been sent. */
async function dialAwake(
  connect: () => Promise<Socket>,
  signal: AbortSignal,
  timer: AwakeTimer,
): Promise<Socket> {
  for (;;) {
    const { naps } = timer;
    try {
      return await connect();
    } catch (error) {
      if (signal.aborted || timer.naps === naps) throw error;
    }
  }
}

/**
 * Node's client serves as the parser of the answer only: it is given the open socket and never told to send, so that
 * the bytes on the wire are ours and nothing is added, moved or refused.
 */
async function exchange(request: Outgoing, socket: Socket, run: Try): Promise<Answer> {
  const { clock, signal } = run;
  const client = http.request({
    method: request.method,
    createConnection: () => socket,
    headers: [],
    setHost: false,
    setDefaultHeaders: false,
    maxHeaderSize: ANSWER_HEAD_BYTES_MAX,
  });
  client.maxHeadersCount = 0;
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    client.on("response", resolve);
    client.on("error", reject);
    client.on("upgrade", () => reject(unaskedUpgrade(run.target)));
  });
  clock.begin("firstByte");
  socket.cork();
  for (const bytes of requestBytes(request)) socket.write(bytes);
  socket.uncork();
  const response = await answered;
  clock.end("firstByte");
  clock.begin("body");
  const answer = await readAnswer(response, run);
  // Without a length the end of the connection ends the body: what cut the connection cut the body.
  signal.throwIfAborted();
  if (socket.errored && endsWithConnection(request.method, response)) throw socket.errored;
  return answer;
}

/** RFC 9112 6.3. */
function endsWithConnection(
  method: string,
  { statusCode, headers }: http.IncomingMessage,
): boolean {
  const bodiless = method === "HEAD" || statusCode === 204 || statusCode === 304;
  return !bodiless && !headers["content-length"] && !headers["transfer-encoding"];
}

async function readAnswer(response: http.IncomingMessage, run: Try): Promise<Answer> {
  const body = new HeadKeeper(ATTEMPT_BODY_BYTES_MAX);
  const headers = pairHeaders(response.rawHeaders);
  const answer = { status: response.statusCode ?? 0, headers, body };
  run.answer = answer;
  for await (const chunk of response) {
    body.add(chunk);
    if (body.size >= ANSWER_READ_BYTES_MAX) break;
  }
  return toAnswer(answer);
}

const toAnswer = ({ status, headers, body }: PartialAnswer): Answer => ({
  status,
  headers,
  body: body.bytes(),
  bodySize: body.size,
});

const circumstances = (run: Try) => ({
  target: run.target,
  advice: run.advice,
  step: run.clock.step(),
  sending: (run.socket?.writableLength ?? 0) > 0,
  received: run.answer?.body.size ?? 0,
});
