import type { RequestSummary } from "../contract/requests.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readBeside } from "./beside.ts";
import { summaryColumns, toSummary } from "./to-request.ts";
import { isVisible, readVisible, whereVisible } from "./visible.ts";

/** Read on each side of the one that is asked about. */
const AROUND = 50;
/** So many requests before it are looked at for what overtook it. */
const NEAR_SEQS = 200;

type Asked = { id: string; binId: string; seq: number };

/** The requests of one event, around one of them. Each read is bounded, however many there are. */
export function createThreads({ prisma }: Pick<Database, "prisma">) {
  const columns = { ...summaryColumns, bodySha256: true } as const;

  /** In the order of arrival, with the hashes of their bodies as hex; the asked-for one among them. */
  async function around({ id, binId, seq }: Asked) {
    const [own, visible] = await Promise.all([
      prisma.capturedRequest.findUnique({ where: { id, binId }, select: columns }),
      readVisible(prisma, binId),
    ]);
    if (!own || !isVisible(visible, own.seq)) return [];
    const { threadKey } = own;
    const side = (range: { lt: number } | { gt: number }, order: "asc" | "desc") =>
      prisma.capturedRequest.findMany({
        where: { binId, threadKey, ...whereVisible(visible, range) },
        select: columns,
        orderBy: { seq: order },
        take: AROUND,
      });
    const [before, after] = threadKey
      ? await Promise.all([side({ lt: seq }, "desc"), side({ gt: seq }, "asc")])
      : [[], []];
    const rows = [...before.toReversed(), own, ...after];
    const besideOf = await readBeside(prisma, binId, rows);
    return rows.map((row) => ({
      request: toSummary(row, besideOf(row)),
      bodySha256: toBuffer(row.bodySha256).toString("hex"),
    }));
  }

  /** Requests of the same provider and account that came shortly before, newest first. */
  async function near(binId: string, { seq, provider }: RequestSummary): Promise<RequestSummary[]> {
    if (!provider) return [];
    const visible = await readVisible(prisma, binId);
    const rows = await prisma.capturedRequest.findMany({
      where: {
        binId,
        ...whereVisible(visible, { lt: seq, gt: seq - NEAR_SEQS }),
        providerId: provider.id,
        account: provider.account,
      },
      select: summaryColumns,
      orderBy: { seq: "desc" },
    });
    return rows.map((row) => toSummary(row, { count: row.threadPlace }));
  }

  return { around, near };
}
