import type { RequestSummary } from "../contract/requests.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readThreadCounts } from "./thread-counts.ts";
import { summaryColumns, toSummary } from "./to-request.ts";

/** Read on each side of the one that is asked about. */
const AROUND = 50;
/** So many requests before it are looked at for what overtook it. */
const NEAR_SEQS = 200;

type Asked = { id: string; binId: string; seq: number };

/** The requests of one event, around one of them. Each read is bounded, however many there are. */
export function createThreads({ prisma }: Pick<Database, "prisma">) {
  const columns = { ...summaryColumns, bodySha256: true } as const;

  async function clearedThrough(binId: string): Promise<bigint> {
    const bin = await prisma.bin.findUnique({
      where: { id: binId },
      select: { clearedThrough: true },
    });
    return bin?.clearedThrough ?? 0n;
  }

  /** In the order of arrival, with the hashes of their bodies as hex; the asked-for one among them. */
  async function around({ id, binId, seq }: Asked) {
    const [own, cleared] = await Promise.all([
      prisma.capturedRequest.findUnique({ where: { id, binId }, select: columns }),
      clearedThrough(binId),
    ]);
    if (!own || own.seq <= cleared) return [];
    const { threadKey } = own;
    const side = (range: object, order: "asc" | "desc") =>
      prisma.capturedRequest.findMany({
        where: { binId, threadKey, seq: range },
        select: columns,
        orderBy: { seq: order },
        take: AROUND,
      });
    const [before, after] = threadKey
      ? await Promise.all([side({ lt: seq, gt: cleared }, "desc"), side({ gt: seq }, "asc")])
      : [[], []];
    const rows = [...before.toReversed(), own, ...after];
    const [answers, countOf] = await Promise.all([
      prisma.answer.findMany({ where: { id: { in: rows.map((row) => row.id) } } }),
      readThreadCounts(prisma, binId, [own]),
    ]);
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return rows.map((row) => ({
      request: toSummary(row, byId.get(row.id), countOf(own)),
      bodySha256: toBuffer(row.bodySha256).toString("hex"),
    }));
  }

  /** Requests of the same provider and account that came shortly before, newest first. */
  async function near(binId: string, { seq, provider }: RequestSummary): Promise<RequestSummary[]> {
    if (!provider) return [];
    const cleared = Number(await clearedThrough(binId));
    const rows = await prisma.capturedRequest.findMany({
      where: {
        binId,
        seq: { lt: seq, gt: Math.max(cleared, seq - NEAR_SEQS) },
        providerId: provider.id,
        account: provider.account,
      },
      select: summaryColumns,
      orderBy: { seq: "desc" },
    });
    return rows.map((row) => toSummary(row, undefined, row.threadPlace));
  }

  return { around, near };
}
