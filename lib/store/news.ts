import type { AnsweredEvent } from "../contract/events.ts";
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

  return { openKeys, answersBetween };
}
