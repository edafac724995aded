import type { DefaultEventsMap, Namespace, Socket } from "socket.io";
import {
  ACKNOWLEDGE_MS,
  type Delivery,
  type RelayClientEvents,
  type RelayGoneCode,
  type RelayServerEvents,
} from "../contract/relay.ts";
import { type Outcome, outcomeSchema, workingSchema } from "../contract/relay-schemas.ts";
import type { ListenerHold } from "../store/listeners.ts";
import type { RelayAdmission } from "./admit.ts";
import { Allowance } from "./allowance.ts";

export type RelaySocket = Socket<
  RelayClientEvents,
  RelayServerEvents,
  DefaultEventsMap,
  RelayAdmission
>;
export type RelayNamespace = Namespace<
  RelayClientEvents,
  RelayServerEvents,
  DefaultEventsMap,
  RelayAdmission
>;

/**
 * What came of one emit. `invalid`: an acknowledgement that is none; `silent`: none in time; `cut`: the connection ended,
 * so nobody knows.
 */
export type Reply =
  | { kind: "acknowledged"; outcome: Outcome }
  | { kind: "invalid"; reason: string }
  | { kind: "silent" }
  | { kind: "cut" };

type Open = { timer: NodeJS.Timeout; settle: (reply: Reply) => void };

/** A listener's connection, from its welcome to its end. */
export class ListenerSession {
  readonly hold: ListenerHold;
  readonly binId: string;
  readonly keyId: string;
  readonly name: string;
  /** Null: not told. */
  readonly instance: string | null;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #socket: RelaySocket;
  readonly #allowance = new Allowance();
  /** Deliveries that wait for their acknowledgement, by forward id. */
  readonly #open = new Map<string, Open>();
  #heardAt = performance.now();

  constructor(socket: RelaySocket, hold: ListenerHold) {
    this.#socket = socket;
    this.hold = hold;
    this.binId = socket.data.grant.binId;
    this.keyId = socket.data.grant.keyId;
    this.name = socket.data.name;
    this.instance = socket.data.instance;
    this.ended = new Promise((resolve) => {
      socket.once("disconnect", () => {
        for (const { settle } of this.#open.values()) settle({ kind: "cut" });
        resolve();
      });
    });
    socket.conn.on("packet", () => {
      this.#heardAt = performance.now();
      if (!this.#allowance.spend()) socket.disconnect(true);
    });
    socket.on("working", (work: unknown) => this.#putOff(work));
  }

  get isOver(): boolean {
    return !this.#socket.connected;
  }

  /** Milliseconds since its last sign of life. */
  get silentMs(): number {
    return Math.round(performance.now() - this.#heardAt);
  }

  /** How many acknowledgements are waited for. */
  get openCount(): number {
    return this.#open.size;
  }

  emit: RelaySocket["emit"] = (event, ...payload) => this.#socket.emit(event, ...payload);

  /** Hands a request over. Late acknowledgements of an earlier try count for the try under way. */
  deliver(delivery: Delivery): Promise<Reply> {
    const { forwardId } = delivery;
    if (this.isOver) return Promise.resolve({ kind: "cut" });
    return new Promise((resolve) => {
      const settle = (reply: Reply) => {
        clearTimeout(open.timer);
        this.#open.delete(forwardId);
        resolve(reply);
      };
      const timer = setTimeout(() => settle({ kind: "silent" }), ACKNOWLEDGE_MS);
      const open: Open = { timer, settle };
      this.#open.set(forwardId, open);
      this.#allowance.delivered();
      this.#socket.emit("deliver", delivery, (given: unknown) => {
        this.#open.get(forwardId)?.settle(readReply(given));
      });
    });
  }

  /** The end: the listener is told why, and disconnected. */
  end(reason: "replaced" | RelayGoneCode): void {
    if (reason === "replaced") this.#socket.emit("replaced");
    else this.#socket.emit("gone", { code: reason });
    this.#socket.disconnect(true);
  }

  /** Ends the connection in a way from which its client comes back by itself. */
  sendElsewhere(): void {
    this.#socket.conn.close();
  }

  #putOff(work: unknown): void {
    const parsed = workingSchema.safeParse(work);
    if (parsed.success) this.#open.get(parsed.data.forwardId)?.timer.refresh();
  }
}

function readReply(given: unknown): Reply {
  const parsed = outcomeSchema.safeParse(given);
  if (parsed.success) return { kind: "acknowledged", outcome: parsed.data };
  const [issue] = parsed.error.issues;
  return { kind: "invalid", reason: `${issue?.path.join(".") || "it"}: ${issue?.message}` };
}
