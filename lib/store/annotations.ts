import { validate as isUuid } from "uuid";
import { Prisma } from "#prisma/generated/client.ts";
import type { AnnotationModel } from "#prisma/generated/models/Annotation.ts";
import { changeLabels, LABELS_MAX } from "../contract/annotation-limits.ts";
import type { LabelCount } from "../contract/annotations.ts";
import type { Database } from "./database.ts";
import { isVisible, readVisible, type Visible } from "./visible.ts";

/** What is to be changed; what is left out stays. `labels` stands for all, before some are added or removed. */
export type AnnotationChange = {
  note?: string | undefined;
  labels?: readonly string[] | undefined;
  addLabels?: readonly string[] | undefined;
  removeLabels?: readonly string[] | undefined;
  pinned?: boolean | undefined;
};

/** What a bin may keep pinned; 0 bytes: no cap. */
export type PinLimits = { perBin: number; bytesPerBin: number };

/** `pins` and `pinned_bytes`: which cap it would be over. `kept_by_pin`: without its pin it would be gone. */
export type AnnotationOutcome =
  | { kind: "changed"; seq: number }
  | { kind: "missing" | "pins" | "pinned_bytes" | "kept_by_pin" | "labels" };

export type AskedChange = { id: string; change: AnnotationChange };

const LABELS_LISTED_MAX = 200;

/** What people say of requests: a row beside each that has something. */
export function createAnnotations({ prisma }: Pick<Database, "prisma">) {
  /**
   * Changes each as asked, or says why not; outcomes in the order asked. The lock on the bin's row, which a clear takes as
   * well, keeps pins within their cap, and decides which of a pin and a clear came first. Captures don't take it.
   */
  async function change(
    binId: string,
    asked: readonly AskedChange[],
    limits: PinLimits,
  ): Promise<AnnotationOutcome[]> {
    return prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS locked FROM bins WHERE id = ${binId} FOR NO KEY UPDATE`;
      const visible = await readVisible(tx, binId);
      const ids = asked.map(({ id }) => id).filter((id) => isUuid(id));
      const rows = await readRows(tx, binId, ids);
      const known = await tx.annotation.findMany({ where: { id: { in: ids } } });
      const used = asked.some(({ change: { pinned } }) => pinned)
        ? await pinnedOf(tx, binId)
        : { pins: 0, bytes: 0 };
      const state: State = {
        visible,
        rows,
        known: new Map(known.map((row) => [row.id, row])),
        used,
        limits,
        binId,
      };
      const outcomes = asked.map((one) => decide(state, one));
      await save(tx, state, asked, outcomes);
      return outcomes;
    });
  }

  return { change, labels: (binId: string) => readLabels(prisma, binId) };
}

/** The labels of what a bin holds, most used first. One that is written in several ways counts as one. */
export async function readLabels(
  prisma: Pick<Database["prisma"], "$queryRaw">,
  binId: string,
): Promise<LabelCount[]> {
  return prisma.$queryRaw<LabelCount[]>`
    SELECT min(label) AS label, count(*)::int AS count
    FROM annotations JOIN bins ON bins.id = bin_id, unnest(labels) AS label
    WHERE bin_id = ${binId} AND (seq > cleared_through OR pinned)
    GROUP BY lower(label COLLATE "C") ORDER BY count DESC, label LIMIT ${LABELS_LISTED_MAX}::int`;
}

type Sized = { id: string; seq: bigint; bytes: number };

type State = {
  binId: string;
  visible: Visible | null;
  rows: ReadonlyMap<string, Sized>;
  /** As they will be: each decision sees those before it. */
  known: Map<string, AnnotationModel>;
  used: { pins: number; bytes: number };
  limits: PinLimits;
};

/** As the caps count them: with body and headers as stored. */
const SIZE = Prisma.sql`body_size + pg_column_size(headers)`;

async function readRows(
  tx: Prisma.TransactionClient,
  binId: string,
  ids: readonly string[],
): Promise<Map<string, Sized>> {
  const rows = await tx.$queryRaw<Sized[]>`
    SELECT id::text, seq, ${SIZE} AS bytes FROM requests
    WHERE bin_id = ${binId} AND id = ANY (${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function pinnedOf(tx: Prisma.TransactionClient, binId: string): Promise<State["used"]> {
  const rows = await tx.$queryRaw<State["used"][]>`
    SELECT count(*)::int AS pins, coalesce(sum(${SIZE}), 0)::float8 AS bytes
    FROM annotations JOIN requests USING (id) WHERE annotations.bin_id = ${binId} AND pinned`;
  return rows[0] ?? { pins: 0, bytes: 0 };
}

function decide(state: State, { id, change }: AskedChange): AnnotationOutcome {
  const row = state.rows.get(id.toLowerCase());
  if (!row || !isVisible(state.visible, row.seq)) return { kind: "missing" };
  const before = state.known.get(row.id) ?? none(state.binId, row);
  const { addLabels = [], removeLabels = [] } = change;
  const after: AnnotationModel = {
    ...before,
    note: change.note ?? before.note,
    labels: changeLabels(change.labels ?? before.labels, addLabels, removeLabels),
    pinned: change.pinned ?? before.pinned,
  };
  if (after.labels.length > LABELS_MAX) return { kind: "labels" };
  if (after.pinned && !before.pinned) {
    const { used, limits } = state;
    if (used.pins + 1 > limits.perBin) return { kind: "pins" };
    const isOver = limits.bytesPerBin > 0 && used.bytes + row.bytes > limits.bytesPerBin;
    if (isOver) return { kind: "pinned_bytes" };
    state.used = { pins: used.pins + 1, bytes: used.bytes + row.bytes };
  }
  if (before.pinned && !after.pinned && row.seq <= (state.visible?.above ?? 0n)) {
    return { kind: "kept_by_pin" };
  }
  state.known.set(row.id, after);
  return { kind: "changed", seq: Number(row.seq) };
}

const none = (binId: string, { id, seq }: Sized): AnnotationModel => ({
  id,
  binId,
  seq,
  note: "",
  labels: [],
  pinned: false,
});

/** A row that says nothing any more goes. */
async function save(
  tx: Prisma.TransactionClient,
  { known }: State,
  asked: readonly AskedChange[],
  outcomes: readonly AnnotationOutcome[],
): Promise<void> {
  const ids = new Set(
    asked.flatMap(({ id }, at) => (outcomes[at]?.kind === "changed" ? [id.toLowerCase()] : [])),
  );
  const changed = [...known.values()].filter(({ id }) => ids.has(id));
  await tx.annotation.deleteMany({ where: { id: { in: [...ids] } } });
  await tx.annotation.createMany({
    data: changed.filter(({ note, labels, pinned }) => note || labels.length > 0 || pinned),
  });
}
