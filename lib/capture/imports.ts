import { setTimeout as sleep } from "node:timers/promises";
import { type Answered, type Signature, UNCHECKED } from "../contract/requests.ts";
import type { Draft } from "../contract/draft.ts";
import { urlOf } from "../contract/url.ts";
import { isUrlCheck } from "../providers/handshake.ts";
import { signatureOf, type Verdict } from "../signatures/verdict.ts";
import type { Secret } from "../signatures/subject.ts";
import type { CaptureTools } from "./handler.ts";
import { newRequestId } from "./request-id.ts";
import type { Outcome } from "./writer.ts";

/** A request that was read from a file, and what became of its answer. */
type ToImport = {
  draft: Omit<Draft, "id" | "signature">;
  answered: Answered | null;
  /** Milliseconds from the parsed head to the commit, where it was captured; null when that is unknown. */
  storedMs: number | null;
};

export type ImportOutcome =
  | { kind: "stored"; id: string; seq: number }
  | Exclude<Outcome, { kind: "stored" }>
  | { kind: "no_room" };

export type Imports = {
  /**
   * Stores them in this order, as what was captured is stored: through the same bounded room, the same commits and the
   * same pushes. Their signatures are judged by the bin's own secrets. `address`: who imports.
   */
  take(binId: string, address: string, all: readonly ToImport[]): Promise<ImportOutcome[]>;
};

/** Each waits five seconds; captures go first. */
const ROOM_TRIES = 6;
const RETRY_MS = 500;
/** What a request takes beside its body and headers. */
const REQUEST_BYTES = 4 * 1024;

type Tools = Pick<CaptureTools, "bins" | "room" | "writer" | "answers" | "judging" | "isStopping">;

export function createImports(tools: Tools): Imports {
  async function take(
    binId: string,
    address: string,
    all: readonly ToImport[],
  ): Promise<ImportOutcome[]> {
    const state = tools.bins.peek(binId) ?? (await tools.bins.ask(binId));
    if (state.kind !== "open") return all.map(() => ({ kind: "gone" }));
    const bytes = all.reduce((sum, each) => sum + bytesOf(each), 0);
    if (!(await takeRoom(binId, address, bytes))) return all.map(() => ({ kind: "no_room" }));
    try {
      const signatures = await Promise.all(all.map((each) => judge(each, state.secrets)));
      const stored = all.map((each, index) => store(each, signatures[index] ?? UNCHECKED));
      return await Promise.all(stored);
    } finally {
      tools.room.give(binId, address, bytes);
    }
  }

  async function takeRoom(binId: string, address: string, bytes: number): Promise<boolean> {
    for (let tries = 0; tries < ROOM_TRIES && !tools.isStopping(); tries++) {
      if (tries > 0) await sleep(RETRY_MS);
      const got = await new Promise<boolean>((done) =>
        tools.room.take(binId, address, bytes, done),
      );
      if (got) return true;
    }
    return false;
  }

  async function judge({ draft }: ToImport, secrets: readonly Secret[]): Promise<Signature> {
    if (secrets.length === 0) return UNCHECKED;
    const request = {
      method: draft.method,
      url: urlOf(draft),
      headers: draft.headers,
      isBodyWhole: !draft.bodyTruncated && !draft.bodyIncomplete,
      receivedAtMs: draft.receivedAtUs / 1000,
    };
    const pieces = draft.largeBody ?? (draft.body ? [draft.body] : []);
    const { bodySize } = draft;
    const providerId = draft.provider?.id ?? null;
    const verdict = await new Promise<Verdict>((done) =>
      tools.judging.judge({ request, pieces, bodySize, providerId, secrets }, done),
    );
    const whole = { ...request, body: draft.body ?? new Uint8Array() };
    return signatureOf(
      verdict,
      () => draft.handshake !== null || isUrlCheck(whole, providerId, secrets),
    );
  }

  function store(
    { draft, answered, storedMs }: ToImport,
    signature: Signature,
  ): Promise<ImportOutcome> {
    const id = newRequestId();
    const { binId } = draft;
    return new Promise((done) =>
      tools.writer.add({ ...draft, id, signature }, (outcome) => {
        if (outcome.kind === "stored" && answered) {
          const { seq } = outcome;
          const record = { id, binId, seq, answered, storedMs: storedMs ?? 0, response: null };
          tools.answers.add(record);
        }
        done(outcome.kind === "stored" ? { ...outcome, id } : outcome);
      }),
    );
  }

  return { take };
}

const bytesOf = ({ draft }: ToImport): number =>
  REQUEST_BYTES +
  draft.bodySize +
  draft.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
