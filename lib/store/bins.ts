import type { Prisma } from "#prisma/generated/client.ts";
import type { StoredAnswer } from "../contract/answer.ts";
import type { Bin } from "../contract/bins.ts";
import { bytes } from "./bytes.ts";
import type { Database } from "./database.ts";
import { type BinCounts, type BinRecord, isGone, NO_COUNTS, toBin, toBinRecord } from "./to-bin.ts";

export type NewBin = {
  id: string;
  name: string | null;
  expiresAt: Date | null;
  response: StoredAnswer;
  listenerWaitMs: number;
  handshakes: boolean;
  enforce: boolean;
  confirmSns: boolean;
  firstKey: { id: string; label: string; hash: Buffer };
};

export type BinChanges = {
  name?: string | null;
  expiresAt?: Date | null;
  response?: StoredAnswer;
  listenerWaitMs?: number;
  handshakes?: boolean;
  enforce?: boolean;
  confirmSns?: boolean;
};

/** What another process may have changed: compared by whoever keeps something of a bin in memory. */
export type BinHead = { lastSeq: number; revision: number; version: number; gone: boolean };

const responseColumns = (response: StoredAnswer) => ({
  responseStatus: response.status,
  responseHeaders: response.headers,
  responseBody: bytes(response.body),
  responseDelayMs: response.delayMs,
});

/** Nothing that a person wrote stays in a deleted bin's row. */
const wiped = {
  name: null,
  expiresAt: null,
  listenerWaitMs: 0,
  handshakes: true,
  enforce: false,
  confirmSns: false,
  ...responseColumns({ status: 200, headers: [], body: Buffer.alloc(0), delayMs: 0 }),
} satisfies Prisma.BinUpdateInput;

export function createBins({ prisma }: Pick<Database, "prisma">) {
  async function create(bin: NewBin): Promise<BinRecord> {
    const { response, firstKey, ...plain } = bin;
    const [row] = await prisma.$transaction([
      prisma.bin.create({ data: { ...plain, ...responseColumns(response) } }),
      prisma.binHead.create({ data: { binId: bin.id } }),
      prisma.key.create({ data: { ...firstKey, binId: bin.id, hash: bytes(firstKey.hash) } }),
    ]);
    return toBinRecord(row);
  }

  /** Also finds deleted and expired bins (`isGone`); null for an id that was never given. */
  async function find(binId: string): Promise<BinRecord | null> {
    const row = await prisma.bin.findUnique({ where: { id: binId } });
    return row && toBinRecord(row);
  }

  async function counts(bins: readonly BinRecord[]): Promise<Map<string, BinCounts>> {
    const ids = bins.map((bin) => bin.id);
    const pins = await prisma.annotation.findMany({
      where: { binId: { in: ids }, pinned: true },
      select: { binId: true, seq: true },
    });
    const visible = bins.flatMap(({ id: binId, clearedThrough }) => {
      const kept = pins.filter((pin) => pin.binId === binId && pin.seq <= clearedThrough);
      const above = { binId, seq: { gt: clearedThrough } };
      if (kept.length === 0) return [above];
      return [above, { binId, seq: { in: kept.map(({ seq }) => seq) } }];
    });
    const [heads, groups] = await Promise.all([
      prisma.binHead.findMany({ where: { binId: { in: ids } } }),
      prisma.capturedRequest.groupBy({
        by: ["binId"],
        where: { OR: visible },
        _count: { _all: true },
        _min: { seq: true },
      }),
    ]);
    const found = new Map<string, BinCounts>();
    for (const head of heads) {
      const pinnedCount = pins.filter(({ binId }) => binId === head.binId).length;
      found.set(head.binId, { ...NO_COUNTS, pinnedCount, lastSeq: Number(head.lastSeq) });
    }
    for (const { binId, _count, _min } of groups) {
      const known = found.get(binId) ?? NO_COUNTS;
      found.set(binId, { ...known, requestCount: _count._all, oldestSeq: Number(_min.seq) });
    }
    return found;
  }

  /** The bins as the API shows them, in the order given. */
  async function present(bins: readonly BinRecord[], publicUrl: string): Promise<Bin[]> {
    const counted = await counts(bins);
    return bins.map((bin) => toBin(bin, counted.get(bin.id) ?? NO_COUNTS, publicUrl));
  }

  /** One bin as the API shows it; null when it is unknown or gone. */
  async function view(binId: string, publicUrl: string): Promise<Bin | null> {
    const record = await find(binId);
    if (!record || isGone(record)) return null;
    const [bin] = await present([record], publicUrl);
    return bin ?? null;
  }

  /** Changes the settings if nobody else did since `bin` was read; false: read again and decide anew. */
  async function patch(bin: BinRecord, changes: BinChanges): Promise<boolean> {
    const { response, ...plain } = changes;
    const { count } = await prisma.bin.updateMany({
      where: { id: bin.id, version: bin.version, deletedAt: null },
      data: {
        ...plain,
        ...(response ? responseColumns(response) : {}),
        version: { increment: 1 },
      },
    });
    return count === 1;
  }

  /**
   * Leaves a tombstone. The head goes first: it is the lock that the writer takes, so after it nothing more is stored in
   * this bin; the rows are left to the janitor. False when it was deleted already.
   */
  async function remove(binId: string): Promise<boolean> {
    const [, tombstones] = await prisma.$transaction([
      prisma.binHead.deleteMany({ where: { binId } }),
      prisma.bin.updateMany({
        where: { id: binId, deletedAt: null },
        data: {
          ...wiped,
          deletedAt: new Date(),
          revision: { increment: 1 },
          version: { increment: 1 },
        },
      }),
      prisma.key.deleteMany({ where: { binId } }),
      prisma.sessionBin.deleteMany({ where: { binId } }),
      prisma.listener.deleteMany({ where: { binId } }),
      prisma.secret.deleteMany({ where: { binId } }),
      prisma.savedFilter.deleteMany({ where: { binId } }),
      prisma.scenario.deleteMany({ where: { binId } }),
      prisma.variable.deleteMany({ where: { binId } }),
      prisma.rejudging.deleteMany({ where: { binId } }),
      // In the order in which a dispatcher locks them. Then their states: whoever works at one writes nothing more.
      prisma.$queryRaw`SELECT 1 FROM destinations WHERE bin_id = ${binId} ORDER BY id FOR UPDATE`,
      prisma.$executeRaw`
        DELETE FROM destination_states USING destinations
        WHERE destinations.bin_id = ${binId} AND destination_id = destinations.id`,
      prisma.destination.deleteMany({ where: { binId } }),
      prisma.waitingForward.deleteMany({ where: { binId } }),
      prisma.annotation.deleteMany({ where: { binId } }),
      prisma.shapeDocument.deleteMany({ where: { binId } }),
      prisma.sessionShare.deleteMany({ where: { share: { binId } } }),
      // They stay as tombstones, so that their links say that they have ended.
      prisma.share.updateMany({
        where: { binId },
        data: { revokedAt: new Date(), label: "", q: null, hide: {} },
      }),
    ]);
    return tombstones.count === 1;
  }

  /** For the poll of what other processes did. An unknown bin is missing in the result. */
  async function heads(binIds: readonly string[]): Promise<Map<string, BinHead>> {
    const ids = [...binIds];
    const [bins, lasts] = await Promise.all([
      prisma.bin.findMany({
        where: { id: { in: ids } },
        select: { id: true, revision: true, version: true, deletedAt: true, expiresAt: true },
      }),
      prisma.binHead.findMany({ where: { binId: { in: ids } } }),
    ]);
    const lastSeqs = new Map(lasts.map((head) => [head.binId, Number(head.lastSeq)]));
    return new Map(
      bins.map((bin) => [
        bin.id,
        {
          lastSeq: lastSeqs.get(bin.id) ?? 0,
          revision: bin.revision,
          version: bin.version,
          gone: isGone(bin),
        },
      ]),
    );
  }

  return { create, find, isGone, present, view, patch, remove, heads };
}
