import { Prisma } from "#prisma/generated/client.ts";
import type { ForwardModel } from "#prisma/generated/models/Forward.ts";
import type { Page } from "../contract/bins.ts";
import { ATTEMPT_BODY_BYTES_MAX } from "../contract/attempt-limits.ts";
import type { Attempt, Forward, ListedForward } from "../contract/forwards.ts";
import type { DeliveryEdit } from "../contract/relay.ts";
import { bytes } from "./bytes.ts";
import type { Database } from "./database.ts";
import { CONNECTED } from "./listeners.ts";
import { toForward } from "./to-forward.ts";

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

type Ended = { forwardId: string; state: "delivered" | "failed"; attempt: NewAttempt };
export type LostForward = { forwardId: string; binId: string; listener: string };

type PageOptions = { limit: number; cursor?: string | undefined };

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
  const settle = (forwardId: string, state: "delivered" | "failed", attempt: NewAttempt) =>
    prisma.$transaction((tx) => settleIn(tx, { forwardId, state, attempt }));

  /**
   * Stores that nobody is left who could settle a forward through a listener. Null as well when the listener has come
   * back, which takes it over: the row is locked as by who connects, so that one of both is first.
   */
  const settleLost = (forward: LostForward, attempt: NewAttempt) =>
    prisma.$transaction(async (tx) => {
      const { binId, listener, forwardId } = forward;
      const [row] = await tx.$queryRaw<{ connected: boolean }[]>`
        SELECT ${Prisma.raw(CONNECTED)} AS connected FROM listeners
        WHERE bin_id = ${binId} AND name = ${listener} FOR UPDATE`;
      return row?.connected ? null : settleIn(tx, { forwardId, state: "failed", attempt });
    });

  async function settleIn(tx: Prisma.TransactionClient, { forwardId, state, attempt }: Ended) {
    const [forward] = await tx.forward.updateManyAndReturn({
      where: { id: forwardId, state: "pending" },
      data: { state, edit: Prisma.DbNull },
    });
    if (!forward) return null;
    const row = await tx.attempt.create({ data: attemptColumns(forwardId, attempt) });
    return toForward(forward, [row]);
  }

  /** What has been pending since before `sent` at a URL, or since before `asked` at a listener; oldest first. */
  async function pending({ sent, asked }: { sent: Date; asked: Date }) {
    return prisma.forward.findMany({
      where: {
        state: "pending",
        // Those of destinations wait for their turn, those of browsers for their report.
        destinationId: null,
        byBrowser: false,
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
  function list(binId: string, requestId: string, page: PageOptions): Promise<Page<Forward>> {
    return listWhere({ binId, requestId }, page);
  }

  /** Those of a destination, of one state; by the time of their requests, the newest first. */
  async function ofDestination(
    binId: string,
    destinationId: string,
    state: Forward["state"],
    page: PageOptions,
  ): Promise<Page<ListedForward>> {
    const { items, next } = await listWhere({ binId, destinationId, state }, page);
    const rows = await prisma.capturedRequest.findMany({
      where: { id: { in: items.map(({ requestId }) => requestId) } },
      select: { id: true, seq: true, method: true, target: true },
    });
    const requestOf = new Map(
      rows.map(({ id, seq, ...rest }) => [id, { seq: Number(seq), ...rest }]),
    );
    const listed = items.flatMap((forward) => {
      // Removed meanwhile: its forwards are removed next.
      const request = requestOf.get(forward.requestId);
      return request ? [{ ...forward, request }] : [];
    });
    return { items: listed, next };
  }

  async function listWhere(
    where: Prisma.ForwardWhereInput,
    { limit, cursor }: PageOptions,
  ): Promise<Page<Forward>> {
    const forwards = await prisma.forward.findMany({
      where: { ...where, ...(cursor ? { id: { lt: cursor } } : {}) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const shown = forwards.slice(0, await pageLength(forwards.slice(0, limit)));
    const last = shown.at(-1);
    return {
      items: await withAttempts(shown),
      next: last && shown.length < forwards.length ? last.id : null,
    };
  }

  /** Null when it is not there, or not in this bin. */
  async function get(binId: string, forwardId: string): Promise<Forward | null> {
    const forward = await prisma.forward.findUnique({ where: { id: forwardId, binId } });
    if (!forward) return null;
    return (await withAttempts([forward]))[0] ?? null;
  }

  async function withAttempts(forwards: readonly ForwardModel[]): Promise<Forward[]> {
    const among = { in: forwards.map(({ id }) => id) };
    const isDestinations = forwards.some(({ destinationId }) => destinationId !== null);
    const [attempts, waiting] = await Promise.all([
      prisma.attempt.findMany({ where: { forwardId: among }, orderBy: { id: "asc" } }),
      isDestinations ? prisma.waitingForward.findMany({ where: { forwardId: among } }) : [],
    ]);
    const attemptsOf = Map.groupBy(attempts, ({ forwardId }) => forwardId);
    const waitingOf = new Map(waiting.map((row) => [row.forwardId, row]));
    return forwards.map((row) =>
      toForward(row, attemptsOf.get(row.id) ?? [], waitingOf.get(row.id)),
    );
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

  return { begin, settle, settleLost, pending, pendingAsked, asked, list, ofDestination, get };
}

export function attemptColumns(forwardId: string, { error, changes, ...attempt }: NewAttempt) {
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
