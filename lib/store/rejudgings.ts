import { urlOf } from "../contract/url.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { Signature } from "../contract/requests.ts";
import type { SignedRequest } from "../signatures/subject.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readLargeBody } from "./read-body.ts";
import { toSignature } from "./to-request.ts";

/** A bin whose stored requests are to be judged again: from `head` down, then what came above it meanwhile. */
export type Plan = {
  binId: string;
  head: number;
  below: number;
  beganAt: Date;
  /** What was received from then on is judged with the new secrets everywhere; milliseconds since 1970. */
  settledMs: number;
};

/** A stored request as it is judged, with the verdict that it has. */
export type StoredSubject = {
  id: string;
  seq: number;
  providerId: string | null;
  isHandshake: boolean;
  signature: Signature;
  request: SignedRequest;
};

/** What a slice looks at: bounds of its seqs, both exclusive. */
export type Stretch = { above: number; below: number; order: "asc" | "desc" };

/** Any number that nothing else on the database locks. */
export const REJUDGING_LOCK = 0x7369_676e_6564;

/** In memory at once; a single body may be larger. */
const SLICE = { requests: 100, bytes: 4 * 1024 * 1024 };
/** So long another process may go on judging with the secrets that it knew: its memory of the bin, and its commits. */
const SETTLED_MS = 15_000;

export function createRejudgings(database: Pick<Database, "prisma" | "pool">) {
  const { prisma, pool } = database;

  /**
   * The next plan, behind a bin's in the order of the bins' ids and then from the beginning, that there is something to do
   * for now; null when there is none.
   */
  async function next(afterBinId: string): Promise<Plan | null> {
    const isLate = { beganAt: { lt: new Date(Date.now() - SETTLED_MS) } };
    const isDue = { OR: [{ below: { gt: 0 } }, isLate] };
    const orderBy = { binId: "asc" } as const;
    const row =
      (await prisma.rejudging.findFirst({
        where: { ...isDue, binId: { gt: afterBinId } },
        orderBy,
      })) ?? (await prisma.rejudging.findFirst({ where: isDue, orderBy }));
    if (!row) return null;
    const settledMs = row.beganAt.getTime() + SETTLED_MS;
    return { ...row, head: Number(row.head), below: Number(row.below), settledMs };
  }

  /** Notes how far it has come, if nobody planned anew in between. */
  async function advance(plan: Plan, to: Partial<Pick<Plan, "head" | "below">>): Promise<void> {
    const { binId, beganAt } = plan;
    await prisma.rejudging.updateMany({ where: { binId, beganAt }, data: to });
  }

  async function finish({ binId, beganAt }: Plan): Promise<void> {
    await prisma.rejudging.deleteMany({ where: { binId, beganAt } });
  }

  /** The next requests of a stretch, whole; empty at its end. */
  async function slice(binId: string, stretch: Stretch): Promise<StoredSubject[]> {
    const { above, below, order } = stretch;
    const listed = await prisma.capturedRequest.findMany({
      where: { binId, seq: { gt: above, lt: below } },
      select: { id: true, bodySize: true },
      orderBy: { seq: order },
      take: SLICE.requests,
    });
    const ids = fitting(listed).map(({ id }) => id);
    const rows = await prisma.capturedRequest.findMany({
      where: { id: { in: ids } },
      orderBy: { seq: order },
      select: subjectColumns,
    });
    return Promise.all(rows.map(async (row) => toSubject(row, await bodyOf(row))));
  }

  /** One request, if it is there. */
  async function one(binId: string, id: string): Promise<StoredSubject[]> {
    const row = await prisma.capturedRequest.findUnique({
      where: { id, binId },
      select: subjectColumns,
    });
    return row ? [toSubject(row, await bodyOf(row))] : [];
  }

  async function bodyOf(row: { id: string; body: Uint8Array | null; bodySize: number }) {
    if (row.body) return toBuffer(row.body);
    const large = row.bodySize > 0 ? await readLargeBody(database, row.id, row.bodySize) : null;
    return large ?? Buffer.alloc(0);
  }

  /** Raw SQL: one statement for a slice, where Prisma would send one for each row. */
  async function save(verdicts: readonly { id: string; signature: Signature }[]): Promise<void> {
    const column = (value: (signature: Signature) => string | number | null) =>
      verdicts.map(({ signature }) => value(signature));
    await pool.query(
      `UPDATE requests AS r
       SET signature_status = v.status, signature_scheme = v.scheme, signature_reason = v.reason, signature_age = v.age
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::float8[]) AS v (id, status, scheme, reason, age)
       WHERE r.id = v.id`,
      [
        verdicts.map(({ id }) => id),
        column(({ status }) => (status === "unchecked" ? null : status)),
        column(({ scheme }) => scheme),
        column(({ reason }) => reason),
        column(({ timestampAgeSeconds }) => timestampAgeSeconds),
      ],
    );
  }

  return { next, advance, finish, slice, one, save };
}

const subjectColumns = {
  id: true,
  binId: true,
  seq: true,
  receivedAtUs: true,
  method: true,
  target: true,
  origin: true,
  targetPrefix: true,
  headers: true,
  body: true,
  bodySize: true,
  bodyTruncated: true,
  bodyIncomplete: true,
  providerId: true,
  handshake: true,
  signatureStatus: true,
  signatureScheme: true,
  signatureReason: true,
  signatureAge: true,
} as const;

type SubjectRow = {
  id: string;
  binId: string;
  seq: bigint;
  receivedAtUs: bigint;
  method: string;
  target: string;
  origin: string;
  targetPrefix: string;
  headers: unknown;
  bodyTruncated: boolean;
  bodyIncomplete: boolean;
  providerId: string | null;
  handshake: string | null;
} & Parameters<typeof toSignature>[0];

function toSubject(row: SubjectRow, body: Uint8Array): StoredSubject {
  return {
    id: row.id,
    seq: Number(row.seq),
    providerId: row.providerId,
    isHandshake: row.handshake !== null,
    signature: toSignature(row),
    request: {
      method: row.method,
      url: urlOf(row),
      headers: row.headers as HeaderPair[],
      body,
      isBodyWhole: !row.bodyTruncated && !row.bodyIncomplete,
      receivedAtMs: Number(row.receivedAtUs) / 1000,
    },
  };
}

function fitting<Row extends { bodySize: number }>(rows: readonly Row[]): Row[] {
  let bytes = 0;
  const cut = rows.findIndex((row, place) => (bytes += row.bodySize) > SLICE.bytes && place > 0);
  return cut < 0 ? [...rows] : rows.slice(0, cut);
}
