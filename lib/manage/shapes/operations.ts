import type {
  DocumentCheck,
  RequestShape,
  ShapeEvent,
  ShapeMarks,
  ShapeSource,
  ShapeView,
} from "../../contract/shapes.ts";
import { HooklensError } from "../../errors.ts";
import { settle } from "../../shapes/settle.ts";
import { SHAPE_LIMITS } from "../../shapes/limits.ts";
import type { Titled } from "../../shapes/write/head.ts";
import { writeJsonSchema } from "../../shapes/write/json-schema.ts";
import { writeTypeScript } from "../../shapes/write/typescript.ts";
import { writeZod } from "../../shapes/write/zod.ts";
import type { ShapeRow } from "../../store/shapes.ts";
import type { ManageParts } from "../parts.ts";
import { createShapeBook, type Folded, LOOKED_THROUGH } from "./book.ts";
import type { DocumentChecks } from "./document-checks.ts";
import { sourceKey, sourceOf, sourceTitle, sourceTypeName } from "./source.ts";

/** How long one call folds; what is left then is told, and the next call goes on. */
const FOLD_MS = { view: 2_000, request: 1_000, marks: 100 };
/** Kinds of requests that one page of marks is made of. */
const MARKED_SOURCES_MAX = 12;
const BROKEN_SHOWN = 100;

export type WrittenShape = { text: string; fileName: string };

const writers = {
  typescript: { write: writeTypeScript, extension: "ts" },
  zod: { write: writeZod, extension: "zod.ts" },
  "json-schema": { write: writeJsonSchema, extension: "schema.json" },
} as const;

export function createShapeOperations(
  { store }: Pick<ManageParts, "store">,
  checks: DocumentChecks,
) {
  const book = createShapeBook({ store });

  /** What there is in a bin that has a shape. @throws bin_gone */
  async function events(binId: string): Promise<{ items: ShapeEvent[] }> {
    const head = await store.shapes.head(binId);
    if (!head) throw new HooklensError("bin_gone", "It was deleted or has expired.");
    const above = Math.max(head.clearedThrough, head.lastSeq - LOOKED_THROUGH);
    const groups = await store.shapes.groups(binId, { above, below: head.lastSeq + 1 });
    const items = groups.flatMap((group) => {
      const source = sourceOf(group);
      const { requests, lastSeq } = group;
      return source ? [{ source, title: titleOf(source, group), requests, lastSeq }] : [];
    });
    return { items };
  }

  /** @throws bin_gone, invalid_query */
  async function view(binId: string, source: ShapeSource): Promise<ShapeView> {
    const folded = await book.read(binId, source, FOLD_MS.view);
    const { fold, leftOut, pending, skipped, broken } = folded;
    return {
      source,
      title: sourceTitle(source),
      name: sourceTypeName(source),
      shape: settle(fold.shape),
      leftOut,
      pending: pending.length,
      skipped: { ...skipped },
      levels: fold.levels < SHAPE_LIMITS.depth ? fold.levels : null,
      broken: [...broken.values()].slice(-BROKEN_SHOWN).reverse(),
    };
  }

  /** The shape in a language. @throws bin_gone, invalid_query */
  async function written(
    binId: string,
    source: ShapeSource,
    format: keyof typeof writers,
  ): Promise<WrittenShape> {
    const { fold } = await book.read(binId, source, FOLD_MS.view);
    const name = sourceTypeName(source);
    const titled: Titled = { name, title: sourceTitle(source), settled: settle(fold.shape) };
    const { write, extension } = writers[format];
    return { text: write(titled), fileName: `${name}.${extension}` };
  }

  /** One request against those before it, and against the documents for it. @throws request_not_found, bin_gone */
  async function ofRequest(binId: string, id: string): Promise<RequestShape> {
    const request = await store.requests.get(binId, id);
    if (!request)
      throw new HooklensError("request_not_found", "It was never here, or was removed.");
    const { seq } = request;
    const [row] = await store.shapes.rows(binId, { above: seq - 1, below: seq + 1 });
    const source = row && request.bodySize > 0 ? sourceOf(row) : null;
    const { found, isPending: isChecking } = await checks.ofRows(
      binId,
      row ? [row] : [],
      FOLD_MS.request,
    );
    const folded = source && (await book.read(binId, source, FOLD_MS.request));
    return {
      source,
      title: source && row ? titleOf(source, row) : "",
      breaks: folded?.broken.get(seq)?.breaks ?? [],
      checks: found.get(seq) ?? [],
      isPending: isChecking || (folded !== null && isPending(folded, seq)),
    };
  }

  /** Of the requests from one seq to another: which of them are not as others are. @throws bin_gone */
  async function marks(
    binId: string,
    { from, to }: { from: number; to: number },
  ): Promise<ShapeMarks> {
    const head = await store.shapes.head(binId);
    const above = Math.max(from - 1, head?.clearedThrough ?? to);
    const rows = await store.shapes.rows(binId, { above, below: to + 1 });
    const bySource = new Map<string, { source: ShapeSource; rows: ShapeRow[] }>();
    for (const row of rows) {
      const source = sourceOf(row);
      if (!source) continue;
      const key = sourceKey(source);
      const known = bySource.get(key);
      if (known) known.rows.push(row);
      else if (bySource.size < MARKED_SOURCES_MAX) bySource.set(key, { source, rows: [row] });
    }
    const untilMs = performance.now() + FOLD_MS.marks;
    const breaks = new Map<number, number>();
    let pending = false;
    for (const { source, rows: own } of bySource.values()) {
      const folded = await book.read(binId, source, untilMs - performance.now());
      pending ||= folded.pending.length > 0;
      for (const { seq } of own) breaks.set(seq, folded.broken.get(seq)?.breaks.length ?? 0);
    }
    const { found, isPending: isChecking } = await checks.ofRows(binId, rows, FOLD_MS.marks);
    const items = rows.map(({ seq }) => ({
      seq,
      breaks: breaks.get(seq) ?? 0,
      errors: (found.get(seq) ?? []).reduce((sum, check) => sum + errorsOf(check), 0),
    }));
    return {
      items: items.filter((mark) => mark.breaks + mark.errors > 0),
      isPending: pending || isChecking,
    };
  }

  return { events, view, written, ofRequest, marks, forget: book.forget };
}

const errorsOf = (check: DocumentCheck) => (check.status === "invalid" ? check.errors.length : 0);

const isPending = ({ pending }: Folded, seq: number) => pending.some((sample) => sample.seq <= seq);

/** Of nobody known by where it went, which says more than the query that finds the same. */
function titleOf(source: ShapeSource, row: Omit<ShapeRow, "seq">): string {
  if (source.provider !== undefined) return sourceTitle(source);
  return [row.method, row.path === "" ? "the URL itself" : row.path, row.contentType ?? ""].join(
    " ",
  );
}
