import type { AnsweredEvent } from "../contract/events.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { toAnsweredEvent } from "./to-request.ts";

/** What a process asks again when another one has changed something that it shows. */
export function createNews({ prisma }: Pick<Database, "prisma">) {
  /** Those of these keys that are not revoked. */
  async function openKeys(keyIds: readonly string[]): Promise<Set<string>> {
    const rows = await prisma.key.findMany({
      where: { id: { in: [...keyIds] }, revokedAt: null },
      select: { id: true },
    });
    return new Set(rows.map((row) => row.id));
  }

  /** Asks, of these bins and these sessions (as hex), which session still holds which bin. */
  async function sessionsHolding(
    binIds: readonly string[],
    sessions: readonly string[],
  ): Promise<(session: string, binId: string) => boolean> {
    const ids = sessions.map((session) => bytes(Buffer.from(session, "hex")));
    const rows = await prisma.sessionBin.findMany({
      where: { sessionId: { in: ids }, binId: { in: [...binIds] } },
      select: { sessionId: true, binId: true },
    });
    const held = new Set(
      rows.map((row) => `${toBuffer(row.sessionId).toString("hex")} ${row.binId}`),
    );
    return (session, binId) => held.has(`${session} ${binId}`);
  }

  /** What is known of the answers to the requests from one seq to another. */
  async function answersBetween(
    binId: string,
    firstSeq: number,
    lastSeq: number,
  ): Promise<AnsweredEvent[]> {
    const requests = await prisma.capturedRequest.findMany({
      where: { binId, seq: { gte: firstSeq, lte: lastSeq } },
      select: { id: true },
    });
    const ids = requests.map((request) => request.id);
    const rows = await prisma.answer.findMany({ where: { id: { in: ids } } });
    return rows.map(toAnsweredEvent);
  }

  return { openKeys, sessionsHolding, answersBetween };
}
