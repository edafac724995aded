import { Prisma } from "#prisma/generated/client.ts";
import type { AttemptModel } from "#prisma/generated/models/Attempt.ts";
import type { ForwardModel } from "#prisma/generated/models/Forward.ts";
import type { Page } from "../contract/bins.ts";
import { ATTEMPT_BODY_BYTES_MAX } from "../contract/attempt-limits.ts";
import type { Attempt, AttemptErrorCode, Change, Forward } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { DeliveryEdit } from "../contract/relay.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";

export type NewForward = Pick<
  Forward,
  "id" | "requestId" | "to" | "listener" | "append" | "resigned" | "edited"
> & {
  binId: string;
  /** Kept until it is settled, for a listener that may be connected elsewhere. */
  edit?: DeliveryEdit | null;
};

/** A pending forward that a person asked a listener for. */
export type AskedForward = Pick<Forward, "id" | "requestId" | "append"> & {
  binId: string;
  listener: string;
  edit: DeliveryEdit | null;
};

/** One try, as it is stored. */
export type NewAttempt = Pick<
  Attempt,
  "id" | "status" | "headers" | "bodySize" | "url" | "changes" | "timing" | "error"
> & {
  startedAt: Date;
  /** The first bytes of the answer's body. */
  body: Buffer;
  bodySha256Sent: Buffer;
};

/** A page ends after this much of answers' bodies: two hundred of 256 KiB would not fit into a sensible JSON. */
const PAGE_BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Forwards and their attempts. A forward is pending until its last attempt is stored together with its new state. */
export function createForwards({ prisma }: Pick<Database, "prisma">) {
  async function begin({ to, edit, ...forward }: NewForward): Promise<Forward> {
    const row = await prisma.forward.create({
      data: { ...forward, target: to, state: "pending", edit: edit ?? Prisma.DbNull },
    });
    return toForward(row, []);
  }

  /** Stores how a pending forward ended. Null when it is not there any more, or has ended already. */
  async function settle(
    forwardId: string,
    state: "delivered" | "failed",
    attempt: NewAttempt,
  ): Promise<Forward | null> {
    return prisma.$transaction(async (tx) => {
      const [forward] = await tx.forward.updateManyAndReturn({
        where: { id: forwardId, state: "pending" },
        data: { state, edit: Prisma.DbNull },
      });
      if (!forward) return null;
      const row = await tx.attempt.create({ data: attemptColumns(forwardId, attempt) });
      return toForward(forward, [row]);
    });
  }

  /** What has been pending since before `sent` at a URL, or since before `asked` at a listener; oldest first. */
  async function pending({ sent, asked }: { sent: Date; asked: Date }) {
    return prisma.forward.findMany({
      where: {
        state: "pending",
        OR: [
          { listener: null, createdAt: { lt: sent } },
          { listener: { not: null }, createdAt: { lt: asked } },
        ],
      },
      select: { id: true, binId: true, createdAt: true },
      orderBy: { createdAt: "asc" },
      take: 100,
    });
  }

  /** What was asked of these bins' listeners since then and is not settled. */
  async function pendingAsked(binIds: readonly string[], since: Date) {
    const rows = await prisma.forward.findMany({
      where: {
        state: "pending",
        binId: { in: [...binIds] },
        listener: { not: null },
        createdAt: { gte: since },
      },
      select: { id: true, binId: true, listener: true },
      orderBy: { createdAt: "asc" },
    });
    return rows.map((row) => ({ ...row, listener: row.listener ?? "" }));
  }

  /** Null when it is settled, or not there any more. */
  async function asked(forwardId: string): Promise<AskedForward | null> {
    const row = await prisma.forward.findUnique({ where: { id: forwardId, state: "pending" } });
    if (!row) return null;
    const { id, binId, requestId, append, listener } = row;
    const edit = row.edit as DeliveryEdit | null;
    return { id, binId, requestId, append, listener: listener ?? "", edit };
  }

  /** Newest first; the cursor is the last forward's id. */
  async function list(
    binId: string,
    requestId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Forward>> {
    const forwards = await prisma.forward.findMany({
      where: { binId, requestId, ...(cursor ? { id: { lt: cursor } } : {}) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const shown = forwards.slice(0, await pageLength(forwards.slice(0, limit)));
    const attempts = await prisma.attempt.findMany({
      where: { forwardId: { in: shown.map(({ id }) => id) } },
      orderBy: { id: "asc" },
    });
    const of = Map.groupBy(attempts, ({ forwardId }) => forwardId);
    const last = shown.at(-1);
    return {
      items: shown.map((forward) => toForward(forward, of.get(forward.id) ?? [])),
      next: last && shown.length < forwards.length ? last.id : null,
    };
  }

  /** Null when it is not there, or not in this bin. */
  async function get(binId: string, forwardId: string): Promise<Forward | null> {
    const forward = await prisma.forward.findUnique({ where: { id: forwardId, binId } });
    if (!forward) return null;
    const attempts = await prisma.attempt.findMany({
      where: { forwardId },
      orderBy: { id: "asc" },
    });
    return toForward(forward, attempts);
  }

  /** How many of these forwards fit into a page: at least one. */
  async function pageLength(forwards: ForwardModel[]): Promise<number> {
    const sizes = await prisma.attempt.groupBy({
      by: ["forwardId"],
      where: { forwardId: { in: forwards.map(({ id }) => id) } },
      _sum: { bodySize: true },
    });
    const sizeOf = new Map(sizes.map(({ forwardId, _sum }) => [forwardId, _sum.bodySize ?? 0]));
    let left = PAGE_BODY_BYTES_MAX;
    const over = forwards.findIndex(({ id }) => {
      left -= Math.min(sizeOf.get(id) ?? 0, ATTEMPT_BODY_BYTES_MAX);
      return left < 0;
    });
    return over < 0 ? forwards.length : Math.max(1, over);
  }

  return { begin, settle, pending, pendingAsked, asked, list, get };
}

function attemptColumns(forwardId: string, { error, changes, ...attempt }: NewAttempt) {
  return {
    ...attempt,
    changes: changes ?? Prisma.DbNull,
    forwardId,
    body: bytes(attempt.body),
    bodySha256Sent: bytes(attempt.bodySha256Sent),
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
  };
}

function toForward(row: ForwardModel, attempts: AttemptModel[]): Forward {
  const { id, requestId, target, listener, state, append, resigned, edited } = row;
  return {
    id,
    requestId,
    to: target,
    listener,
    state: state as Forward["state"],
    append,
    resigned,
    edited,
    attempts: attempts.map(toAttempt),
  };
}

function toAttempt(row: AttemptModel): Attempt {
  const { id, startedAt, status, headers, bodySize, body, bodySha256Sent, url, timing } = row;
  return {
    id,
    startedAt: startedAt.toISOString(),
    status,
    headers: (headers ?? []) as HeaderPair[],
    bodySize,
    bodyBase64: toBuffer(body ?? new Uint8Array()).toString("base64"),
    bodyDropped: body === null && bodySize > 0,
    bodySha256Sent: toBuffer(bodySha256Sent).toString("hex"),
    url,
    changes: row.changes as Change[] | null,
    timing: timing as Attempt["timing"],
    error: toError(row),
  };
}

function toError({ errorCode, errorMessage }: AttemptModel): Attempt["error"] {
  if (errorCode === null) return null;
  return { code: errorCode as AttemptErrorCode, message: errorMessage ?? "" };
}
