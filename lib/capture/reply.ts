import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answered } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { closing, type PlannedAnswer, refuse, sendAndLinger, sendAnswer } from "./answer.ts";
import type { AnswerLog, AnswerRecord } from "./answer-log.ts";
import type { BinCache } from "./bin-cache.ts";
import type { Delays } from "./delays.ts";
import type { ListenerWait } from "./listener-wait.ts";
import type { Outcome } from "./writer.ts";

export type ReplyTools = {
  bins: BinCache;
  answers: AnswerLog;
  delays: Delays;
  isStopping: () => boolean;
};

/** To whom, and since when. */
type Sender = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The captured request's. */
  id: string;
  binId: string;
  headAt: number;
};

/** What is to be sent, decided before the request was stored. */
export type Planned = {
  /** Null: nobody is there to get it. */
  plan: PlannedAnswer | null;
  /** A place among the delayed answers was taken. */
  isDelayed: boolean;
  listener: ListenerWait | null;
  bodyEndAt: number;
};

type Note = (outcome: Answered["outcome"], respondedMs: number | null) => void;

/** `response`: a listener's answer, when that goes out. */
type Noting = (delayCut: boolean, response?: AnswerRecord["response"]) => Note;

/** What the sender of a captured request gets, and what is noted of it. */
export class Reply {
  readonly #tools: ReplyTools;
  readonly #sender: Sender;

  constructor(tools: ReplyTools, sender: Sender) {
    this.#tools = tools;
    this.#sender = sender;
  }

  refuse(error: HooklensError): void {
    refuse(this.#sender.request, this.#sender.response, error, this.#tools.isStopping());
  }

  /** From here on nothing holds the body: an answer may be delayed for long. */
  settled(outcome: Outcome, planned: Planned): void {
    if (outcome.kind === "stored") return this.#stored(outcome.seq, planned);
    const { binId } = this.#sender;
    planned.listener?.end();
    if (planned.isDelayed) this.#tools.delays.give(binId);
    if (outcome.kind === "gone") {
      this.#tools.bins.forget(binId);
      return this.refuse(new HooklensError("bin_gone", "Mint a new URL and set it at the sender."));
    }
    const detail = "It may be stored or not. Send it again.";
    this.refuse(new HooklensError("not_stored", detail, { retryAfterSeconds: 2 }));
  }

  #stored(seq: number, { plan, isDelayed, listener, bodyEndAt }: Planned): void {
    const { id, binId, headAt } = this.#sender;
    const storedMs = performance.now() - headAt;
    const note: Noting =
      (delayCut, response = null) =>
      (outcome, respondedMs) => {
        const answered = { outcome, respondedMs, ...(delayCut ? { delayCut } : {}) };
        this.#tools.answers.add({ id, binId, seq, answered, storedMs, response });
      };
    if (!plan) return note(false)("sender_gone", null);
    if (!isDelayed) return this.#answer(plan, note(plan.delayMs > 0));
    // Of a time that counts from the last body byte.
    const msLeft = (ms: number) => ms - (performance.now() - bodyEndAt);
    if (listener) return this.#answerFromListener(plan, listener, note, msLeft);
    this.#tools.delays.wait(binId, msLeft(plan.delayMs), (isCut) =>
      this.#answer(plan, note(isCut)),
    );
  }

  #answerFromListener(
    bins: PlannedAnswer,
    listener: ListenerWait,
    note: Noting,
    msLeft: (ms: number) => number,
  ): void {
    const end = listener.settle({ delays: this.#tools.delays, bins, msLeft }, (theirs, isCut) => {
      if (!theirs) return this.#answer(bins, note(isCut && bins.delayMs > 0));
      const { status, headers, body } = theirs;
      this.#answer(theirs, note(false, { status, headers, bodySize: body.byteLength }));
    });
    this.#sender.response.once("close", end);
  }

  #answer(plan: PlannedAnswer, note: Note): void {
    const { request, response, id, headAt } = this.#sender;
    if (response.destroyed || response.socket?.destroyed) return note("sender_gone", null);
    let sentMs: number | null = null;
    const sinceHead = () => performance.now() - headAt;
    response.once("close", () => {
      if (response.writableFinished) sentMs ??= sinceHead();
      note(sentMs === null ? "sender_gone" : "sent", sentMs);
    });
    if (!plan.close) {
      return sendAnswer(response, this.#tools.isStopping() ? closing(plan) : plan, id);
    }
    sendAndLinger(request, response, plan, id, () => {
      sentMs = sinceHead();
    });
  }
}
