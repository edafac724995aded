import { LRUCache } from "lru-cache";
import type { Checker } from "../../checks/checker.ts";
import type { DocumentCheck } from "../../contract/shapes.ts";
import { readSearch } from "../../search/words.ts";
import type { ListedDocument } from "../../store/shape-documents.ts";
import type { ShapeRow, StoredSample } from "../../store/shapes.ts";
import type { ManageParts } from "../parts.ts";
import { readSampleText, SAMPLE_BYTES_MAX } from "./read-sample.ts";

/** Outcomes that are remembered: of one document in one version and one request. */
const REMEMBERED_MAX = 20_000;
const READ_AT_ONCE = 20;

export type RowChecks = { found: Map<number, DocumentCheck[]>; isPending: boolean };

type Pair = { document: ListedDocument; row: ShapeRow; key: string };

/** Requests against a bin's documents: when somebody looks, and once for each request. */
export function createDocumentChecks(
  { store }: Pick<ManageParts, "store">,
  checker: Pick<Checker, "check">,
) {
  const outcomes = new LRUCache<string, DocumentCheck>({ max: REMEMBERED_MAX });

  /** For so many milliseconds at most. */
  async function ofRows(
    binId: string,
    rows: readonly ShapeRow[],
    forMs: number,
  ): Promise<RowChecks> {
    const untilMs = performance.now() + forMs;
    const pairs = await pairsOf(binId, rows);
    const open = pairs.filter(({ key }) => !outcomes.has(key));
    let isPending = false;
    for (let at = 0; at < open.length && !isPending; at += READ_AT_ONCE) {
      const slice = open.slice(at, at + READ_AT_ONCE);
      const seqs = [...new Set(slice.map(({ row }) => row.seq))];
      const samples = await store.shapes.samples(binId, seqs, SAMPLE_BYTES_MAX);
      const bySeq = new Map(samples.map((sample) => [sample.seq, sample]));
      for (const pair of slice) {
        const sample = bySeq.get(pair.row.seq);
        if (sample) outcomes.set(pair.key, await checkOne(binId, pair, sample));
        isPending ||= performance.now() > untilMs && pair !== open.at(-1);
        if (isPending) break;
      }
    }
    const found = new Map<number, DocumentCheck[]>();
    for (const { row, key } of pairs) {
      const outcome = outcomes.get(key);
      if (outcome) found.set(row.seq, [...(found.get(row.seq) ?? []), outcome]);
    }
    return { found, isPending };
  }

  /** Which documents are meant for which of the requests. */
  async function pairsOf(binId: string, rows: readonly ShapeRow[]): Promise<Pair[]> {
    const [first] = rows;
    const last = rows.at(-1);
    const documents = first ? await store.shapeDocuments.list(binId) : [];
    const pairs: Pair[] = [];
    for (const document of documents) {
      const range = { binId, above: (first?.seq ?? 0) - 1, below: (last?.seq ?? 0) + 1 };
      const matching =
        document.q === null
          ? null
          : new Set(await store.requests.matching(range, readSearch(document.q)));
      for (const row of rows) {
        if (matching ? !matching.has(row.seq) : !isFor(document, row)) continue;
        pairs.push({ document, row, key: `${documentKey(document)}/${row.seq}` });
      }
    }
    return pairs;
  }

  async function checkOne(
    binId: string,
    { document, row }: Pair,
    sample: StoredSample,
  ): Promise<DocumentCheck> {
    const { id, name, entry } = document;
    const shown = { document: { id, name } };
    const read = await readSampleText(sample, SAMPLE_BYTES_MAX);
    if (typeof read === "string" || read.kind !== "json") {
      return {
        ...shown,
        status: "unchecked",
        detail: "Its body is no whole JSON of at most 1 MiB.",
      };
    }
    const outcome = await checker.check(
      { key: documentKey(document), entry },
      async () => (await store.shapeDocuments.get(binId, id))?.text ?? null,
      { json: read.text, event: row.event, method: row.method ?? "", path: row.path ?? "" },
    );
    if (outcome.kind === "valid") return { ...shown, status: "valid" };
    if (outcome.kind === "unchecked")
      return { ...shown, status: "unchecked", detail: outcome.detail };
    const { errors, isCut } = outcome;
    return { ...shown, status: "invalid", errors, isCut };
  }

  return { ofRows };
}

const isFor = ({ provider, event }: ListedDocument, row: ShapeRow) =>
  provider === null || (provider === row.provider && (event === null || event === row.event));

const documentKey = ({ id, version }: ListedDocument) => `${id}/${version}`;

export type DocumentChecks = ReturnType<typeof createDocumentChecks>;
