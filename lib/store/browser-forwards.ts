import type { Change, Forward } from "../contract/forwards.ts";
import { bytes } from "./bytes.ts";
import type { Database } from "./database.ts";
import { attemptColumns, type NewAttempt, type NewForward } from "./forwards.ts";
import { toForward } from "./to-forward.ts";

/** What is known of an attempt before it is made. */
export type BrowserBeginning = Pick<NewAttempt, "id" | "startedAt" | "url" | "error"> & {
  changes: Change[];
};

const NO_TIMING = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };

/** Forwards that a page makes. The attempt lies there before, as one that may have been made; a report replaces that. */
export function createBrowserForwards({ prisma }: Pick<Database, "prisma">) {
  async function begin(
    { to, ...forward }: Omit<NewForward, "edit">,
    attempt: BrowserBeginning,
  ): Promise<Forward> {
    return prisma.$transaction(async (tx) => {
      const row = await tx.forward.create({
        data: { ...forward, target: to, state: "pending", byBrowser: true },
      });
      const columns = attemptColumns(row.id, {
        ...attempt,
        status: null,
        headers: [],
        body: Buffer.alloc(0),
        bodySize: 0,
        bodySha256Sent: Buffer.alloc(0),
        timing: NO_TIMING,
      });
      return toForward(row, [await tx.attempt.create({ data: columns })]);
    });
  }

  /** What is still to be reported; null for none. */
  async function pending(binId: string, forwardId: string): Promise<{ url: string } | null> {
    const row = await prisma.forward.findUnique({
      where: { id: forwardId, binId, byBrowser: true, state: "pending" },
    });
    const attempt = row && (await prisma.attempt.findFirst({ where: { forwardId } }));
    return attempt && { url: attempt.url ?? "" };
  }

  /** Null when it has ended already, or is not there any more. */
  async function settle(
    binId: string,
    forwardId: string,
    state: "delivered" | "failed",
    outcome: Omit<NewAttempt, "id" | "startedAt" | "url" | "changes">,
  ): Promise<Forward | null> {
    return prisma.$transaction(async (tx) => {
      const [forward] = await tx.forward.updateManyAndReturn({
        where: { id: forwardId, binId, byBrowser: true, state: "pending" },
        data: { state },
      });
      if (!forward) return null;
      const { error, ...known } = outcome;
      const rows = await tx.attempt.updateManyAndReturn({
        where: { forwardId },
        data: {
          ...known,
          body: bytes(known.body),
          bodySha256Sent: bytes(known.bodySha256Sent),
          errorCode: error?.code ?? null,
          errorMessage: error?.message ?? null,
        },
      });
      return toForward(forward, rows);
    });
  }

  /** Ends those that nobody reported: their attempts say already that they may have been made. */
  async function abandon(begunBefore: Date): Promise<{ binId: string; id: string }[]> {
    return prisma.forward.updateManyAndReturn({
      where: { byBrowser: true, state: "pending", createdAt: { lt: begunBefore } },
      data: { state: "failed" },
      select: { binId: true, id: true },
    });
  }

  return { begin, pending, settle, abandon };
}
