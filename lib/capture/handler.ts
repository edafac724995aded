import type { IncomingMessage, ServerResponse } from "node:http";

import { type Draft, INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import { HooklensError } from "../errors.ts";
import type { ClientInfo } from "../http/client-info.ts";
import { handshakeOf } from "../providers/handshake.ts";
import type { Handshake } from "../providers/handshakes/row.ts";
import { recognise } from "../providers/recognise.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";
import { unchecked, type Verdict } from "../signatures/verdict.ts";
import { type CaptureAddress, parseCaptureAddress } from "./address.ts";
import type { BinState } from "./bin-cache.ts";
import type { BufferRoom } from "./buffer-room.ts";
import { microsecondsAt } from "./clock.ts";
import { admit, decideAnswer, type OpenBin } from "./decide.ts";
import { type Head, readHead } from "./head.ts";
import type { Judging } from "./judging.ts";
import type { ListenerAnswers } from "./listener-answer.ts";
import { ListenerWait } from "./listener-wait.ts";
import { BodyReader, EMPTY_SHA256, GROW_BYTES, type ReadBody } from "./read-body.ts";
import { Reply, type ReplyTools } from "./reply.ts";
import { newRequestId } from "./request-id.ts";
import { type Arrived, type Begun, toDraft } from "./to-draft.ts";
import type { Writer } from "./writer.ts";

/** What one capture works with; built once. */
export type CaptureTools = ReplyTools & {
  bodyBytesMax: number;
  room: BufferRoom;
  writer: Writer;
  judging: Judging;
  onHandshake: (draft: Draft, seq: number) => void;
  client: ClientInfo;
  listeners: ListenerAnswers;
  /** Whole seconds to wait when a bin is over its rate, else 0. */
  overRate: (binId: string) => number;
  readers: Set<BodyReader>;
};

/** How a head came. */
export type HeadArrival = {
  /** The sender waits for a 100 before it sends its body. */
  expectsContinue: boolean;
  /** Milliseconds from the accepted connection to the parsed head; null when it is not the connection's first. */
  headMs: number | null;
};

/** Bytes that a request takes beside its body: its row, its strings and Node's own objects. */
const REQUEST_BYTES = 4 * 1024;

/** Whether a request line's target belongs to capture: everything else is the dashboard's. */
export function isCapture(requestTarget: string): boolean {
  return (
    requestTarget.startsWith("/in/") ||
    (!requestTarget.startsWith("/") && parseCaptureAddress(requestTarget) !== null)
  );
}

/**
 * One captured request, from its parsed head to its answer. The steps stand below in the order they run:
 * begin -> admit -> takeRoom -> readBody -> arrived -> (judge) -> store; reply.ts goes on from there.
 */
export class Capture {
  readonly #tools: CaptureTools;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #reply: Reply;
  readonly #arrival: HeadArrival;
  readonly #headAt = performance.now();
  readonly #id = newRequestId();
  readonly #address: CaptureAddress;
  readonly #remoteAddress: string;
  readonly #head: Head;
  #bin: OpenBin | null = null;
  #roomBytes = 0;
  #bodyEndAt = 0;

  constructor(
    tools: CaptureTools,
    request: IncomingMessage,
    response: ServerResponse,
    address: CaptureAddress,
    arrival: HeadArrival,
  ) {
    this.#tools = tools;
    this.#request = request;
    this.#response = response;
    this.#address = address;
    this.#arrival = arrival;
    this.#remoteAddress = tools.client.remoteAddress(request);
    this.#head = readHead(request.rawHeaders);
    const [id, { binId }, headAt] = [this.#id, address, this.#headAt];
    this.#reply = new Reply(tools, { request, response, id, binId, headAt });
  }

  begin(): void {
    const { binId } = this.#address;
    const state = this.#tools.bins.peek(binId);
    if (state) return this.#admit(state);
    this.#tools.bins.ask(binId).then(
      (asked) => this.#admit(asked),
      () =>
        this.#reply.refuse(
          new HooklensError("unavailable", "Try again in a moment.", { retryAfterSeconds: 2 }),
        ),
    );
  }

  #admit(state: BinState): void {
    const admitted = admit(state, () => this.#tools.overRate(this.#address.binId));
    if (admitted instanceof HooklensError) return this.#reply.refuse(admitted);
    this.#bin = admitted;
    this.#takeRoom();
  }

  #takeRoom(): void {
    const { declaredSize, chunked } = this.#head;
    const { bodyBytesMax, room } = this.#tools;
    if (this.#arrival.expectsContinue && declaredSize !== null && declaredSize > bodyBytesMax)
      return this.#storeUnread();
    const bodyBytes =
      declaredSize === null ? (chunked ? GROW_BYTES : 0) : Math.min(declaredSize, bodyBytesMax);
    const bytes = REQUEST_BYTES + this.#head.bytes + bodyBytes;
    room.take(this.#address.binId, this.#remoteAddress, bytes, (got) => {
      if (!got) return this.#refuseForRoom();
      this.#roomBytes = bytes;
      this.#readBody();
    });
  }

  #readBody(): void {
    if (this.#arrival.expectsContinue) this.#response.writeContinue();
    const { readers, bodyBytesMax } = this.#tools;
    const reader = new BodyReader({
      request: this.#request,
      bytesMax: bodyBytesMax,
      grow: this.#head.declaredSize === null ? (bytes) => this.#growRoom(bytes) : null,
      done: (body) => {
        readers.delete(reader);
        this.#arrived(body);
      },
    });
    readers.add(reader);
    reader.start();
  }

  /** More room for a body that declared no size; false: there is none now. */
  #growRoom(bytes: number): boolean {
    const got = this.#tools.room.tryTake(this.#address.binId, this.#remoteAddress, bytes);
    if (got) this.#roomBytes += bytes;
    return got;
  }

  /** The sender asked before sending more than is kept: nothing of it need come. */
  #storeUnread(): void {
    this.#arrived({ pieces: [], size: 0, sha256: EMPTY_SHA256, truncated: true, broken: null });
  }

  #arrived(body: ReadBody): void {
    if (body.broken === "no_room") return this.#refuseForRoom();
    this.#bodyEndAt = performance.now();
    const inline = body.size > INLINE_BODY_BYTES_MAX ? null : joined(body.pieces);
    const provider = recognise(this.#head.headers, this.#address.target, inline);
    const secrets = this.#secrets();
    const arrived = { body, inline, provider, secrets };
    if (secrets.length === 0) return this.#store(arrived, unchecked);
    const { pieces, size: bodySize } = body;
    const request = this.#signedRequest(body);
    const providerId = provider?.id ?? null;
    this.#tools.judging.judge({ request, pieces, bodySize, providerId, secrets }, (verdict) =>
      this.#store(arrived, verdict),
    );
  }

  /** As they are now: one may have been added while a long body came. */
  #secrets(): readonly Secret[] {
    const now = this.#tools.bins.peek(this.#address.binId);
    return (now?.kind === "open" ? now : this.#bin)?.secrets ?? [];
  }

  #signedRequest(body: ReadBody): Omit<SignedRequest, "body"> {
    return {
      method: this.#request.method ?? "",
      url: this.#url(),
      headers: this.#head.headers,
      isBodyWhole: !body.truncated && body.broken === null,
      receivedAtMs: microsecondsAt(this.#headAt) / 1000,
    };
  }

  /** As the sender saw it. */
  #url(): string {
    const { binId, target } = this.#address;
    return `${this.#origin()}/in/${binId}${target}`;
  }

  /** Scheme and host as the sender saw them. */
  #origin(): string {
    const { absoluteOrigin } = this.#address;
    return absoluteOrigin ?? this.#tools.client.origin(this.#request, this.#head.host);
  }

  #store(arrived: Arrived, verdict: Verdict): void {
    const handshake = this.#handshake(arrived, verdict);
    const { bodyBytesMax } = this.#tools;
    const bin = this.#bin;
    const { plan, listenerMs } = decideAnswer({ bin, arrived, verdict, handshake, bodyBytesMax });
    const judged = { verdict, plan, handshake };
    const draft = toDraft(this.#begun(), arrived, judged, this.#bodyEndAt - this.#headAt);
    const mayWait = plan !== null && (plan.delayMs > 0 || listenerMs > 0);
    const isDelayed = mayWait && this.#tools.delays.tryTake(draft.binId);
    const listener = isDelayed && listenerMs > 0 ? this.#awaitListener(listenerMs) : null;
    const planned = { plan, isDelayed, listener, bodyEndAt: this.#bodyEndAt };
    this.#tools.writer.add(draft, (outcome) => {
      this.#tools.room.give(draft.binId, this.#remoteAddress, this.#roomBytes);
      this.#reply.settled(outcome, planned);
      if (draft.handshake && outcome.kind === "stored") this.#tools.onHandshake(draft, outcome.seq);
    });
  }

  #begun(): Begun {
    return {
      id: this.#id,
      request: this.#request,
      address: this.#address,
      head: this.#head,
      origin: this.#origin(),
      remoteAddress: this.#remoteAddress,
      headAt: this.#headAt,
      headMs: this.#arrival.headMs,
    };
  }

  /** A provider's check of the URL, when it came whole and the bin answers them. */
  #handshake({ body, inline, provider, secrets }: Arrived, verdict: Verdict): Handshake | null {
    if (!this.#bin?.handshakes || body.broken || body.truncated) return null;
    return handshakeOf({
      method: this.#request.method ?? "",
      target: this.#address.target,
      url: () => this.#url(),
      headers: this.#head.headers,
      body: inline,
      providerId: provider?.id ?? null,
      secrets,
      verdict,
      confirmSns: this.#bin.confirmSns,
    });
  }

  #awaitListener(ms: number): ListenerWait {
    const waiter = {
      binId: this.#address.binId,
      requestId: this.#id,
      method: this.#request.method ?? "",
    };
    return new ListenerWait(this.#tools.listeners, waiter, ms);
  }

  #refuseForRoom(): void {
    this.#tools.room.give(this.#address.binId, this.#remoteAddress, this.#roomBytes);
    this.#roomBytes = 0;
    const detail = "Too many bytes are on their way to disk. Send it again.";
    this.#reply.refuse(new HooklensError("no_room", detail, { retryAfterSeconds: 2 }));
  }
}

/** Null for no bytes. */
function joined(pieces: readonly Buffer[]): Buffer | null {
  return pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? null);
}
