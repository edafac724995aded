import { setTimeout as sleep } from "node:timers/promises";
import { EDITED_BODY_BYTES_MAX } from "../contract/attempt-limits.ts";
import { contentCodings } from "../contract/content-coding.ts";
import type { ExperimentCreate, ExperimentLine, PlannedSend } from "../contract/experiments.ts";
import type { ForwardCreate } from "../contract/forwards.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { isHooklensError, wrongField } from "../errors.ts";
import { judge } from "../lab/judge.ts";
import type { Outcome } from "../lab/outcome.ts";
import { planExperiment } from "../lab/plan.ts";
import { runPlan, type Sent } from "../lab/run.ts";
import { tamper } from "../lab/tamper.ts";
import { signsBody } from "../signatures/signs-body.ts";
import { decodeBody } from "./decode-body.ts";
import type { ManageParts } from "./parts.ts";
import { createSeats } from "./seats.ts";

/** As much of an answer as is compared. */
const ANSWER_BYTES_MAX = 1024 * 1024;

/** Tries a handler with a captured request in ways in which providers send: again, at once, late, in another order. */
export function createExperimentOperations({ forwarder }: Pick<ManageParts, "forwarder">) {
  /** In this process: two experiments of a bin at once would disturb each other's answers. */
  const takeSeat = createSeats(
    { inAll: Number.POSITIVE_INFINITY, perBin: 1 },
    "An experiment of this bin is still going on.",
    "rate_limited",
  );

  /**
   * What is sent is recorded as forwards of its request. When nobody listens any more nothing further is sent; what is
   * under way comes to its end.
   * @throws request_not_found, body_incomplete, invalid_fields, rate_limited
   */
  async function run(
    binId: string,
    requestId: string,
    input: ExperimentCreate,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ExperimentLine>> {
    const { kind, times, delayMs, to, name, append, resign } = input;
    const asked: ForwardCreate = { to, name, append, resign };
    const { request } = await forwarder.check(binId, requestId, asked);
    const other = await otherOf(binId, request, input, asked);
    if (kind === "tampered") requireTamperable(request);
    const plan = planExperiment({ kind, event: request, other, times, delayMs });
    const leave = takeSeat(binId);
    const { provider } = request;
    const signing = {
      provider: provider?.name ?? null,
      coversBody: provider !== null && signsBody(provider.id),
    };
    const lines = runPlan({
      plan,
      send: (planned, index) => send(binId, planned, index, asked),
      wait: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
      verdict: async (sent) => ({
        verdict: judge(kind, await Promise.all(sent.map((one) => outcomeOf(plan, one))), signing),
      }),
      signal,
    });
    return seated(lines, leave);
  }

  async function otherOf(
    binId: string,
    request: CapturedRequest,
    { kind, otherRequestId }: ExperimentCreate,
    asked: ForwardCreate,
  ): Promise<CapturedRequest | null> {
    if (kind !== "swapped") return null;
    if (otherRequestId === undefined || otherRequestId === request.id) {
      throw wrongField("/otherRequestId", "Which other event does it change places with?");
    }
    return (await forwarder.check(binId, otherRequestId, asked)).request;
  }

  async function send(
    binId: string,
    { requestId, isTampered }: PlannedSend,
    index: number,
    asked: ForwardCreate,
  ): Promise<Sent> {
    try {
      const alter = isTampered ? altered : undefined;
      return {
        send: index,
        forward: await forwarder.forward(binId, requestId, asked, { alter }),
      };
    } catch (error) {
      if (!isHooklensError(error)) throw error;
      return { send: index, problem: error.message };
    }
  }

  async function* seated(
    lines: AsyncGenerator<ExperimentLine>,
    leave: () => void,
  ): AsyncGenerator<ExperimentLine> {
    try {
      yield* lines;
    } finally {
      leave();
    }
  }

  return { run };
}

const altered = (body: Buffer): Buffer => Buffer.from(tamper(body) ?? body);

/** @throws invalid_fields */
function requireTamperable({ bodySize }: CapturedRequest): void {
  if (bodySize === 0) throw wrongField("/kind", "It has no body in which a byte could be changed");
  if (bodySize > EDITED_BODY_BYTES_MAX) {
    throw wrongField("/kind", "A byte can be changed in bodies of 3 MiB at most");
  }
}

async function outcomeOf(plan: readonly PlannedSend[], sent: Sent): Promise<Outcome> {
  const planned = plan[sent.send];
  if (!planned) throw new Error("What was sent is in no plan.");
  const attempt = "forward" in sent ? sent.forward.attempts.at(-1) : undefined;
  const failed = "problem" in sent ? sent.problem : (attempt?.error?.message ?? null);
  if (!attempt || attempt.status === null) {
    return { planned, status: null, headers: [], body: new Uint8Array(), problem: failed };
  }
  const { status, headers, bodyBase64 } = attempt;
  const bytes = Buffer.from(bodyBase64, "base64");
  const codings = contentCodings(headers);
  const body = codings.length > 0 && bytes.length > 0 ? await unpacked(bytes, codings) : bytes;
  return { planned, status, headers, body: new Uint8Array(body), problem: failed };
}

/** What can't be unpacked is compared as it came. */
async function unpacked(bytes: Buffer, codings: readonly string[]): Promise<Buffer> {
  try {
    return (await decodeBody(bytes, codings, { bytesMax: ANSWER_BYTES_MAX })).bytes;
  } catch (error) {
    if (isHooklensError(error)) return bytes;
    throw error;
  }
}
