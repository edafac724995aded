import { v7 as uuidv7 } from "uuid";
import type { Checker } from "../../checks/checker.ts";
import type { DocumentCreate, ShapeDocument, WholeDocument } from "../../contract/shapes.ts";
import { HooklensError } from "../../errors.ts";
import { readSearch } from "../../search/words.ts";
import type { KeptDocument, ListedDocument, NewDocument } from "../../store/shape-documents.ts";
import type { ManageParts } from "../parts.ts";

const DOCUMENTS_MAX = 20;

/** The documents of its own that a bin's requests are checked by. */
export function createDocumentOperations(
  { store }: Pick<ManageParts, "store">,
  checker: Pick<Checker, "open">,
) {
  /** @throws unusable_document, invalid_query, too_many_documents */
  async function add(binId: string, input: DocumentCreate): Promise<WholeDocument> {
    const document = toNew(uuidv7(), binId, input);
    const opened = await open(document);
    const kept = await store.shapeDocuments.add(document, DOCUMENTS_MAX);
    if (kept) return { ...toWhole(kept), ...opened };
    throw new HooklensError("too_many_documents", `Remove one of the ${DOCUMENTS_MAX} first.`);
  }

  /** All of it is given anew. @throws unusable_document, invalid_query, document_not_found */
  async function replace(binId: string, id: string, input: DocumentCreate): Promise<WholeDocument> {
    const document = toNew(id, binId, input);
    const opened = await open(document);
    const kept = await store.shapeDocuments.replace(document);
    if (!kept) throw notFound();
    return { ...toWhole(kept), ...opened };
  }

  async function list(binId: string): Promise<{ items: ShapeDocument[] }> {
    return { items: (await store.shapeDocuments.list(binId)).map(toShown) };
  }

  /** @throws document_not_found */
  async function get(binId: string, id: string): Promise<WholeDocument> {
    const kept = await store.shapeDocuments.get(binId, id);
    if (!kept) throw notFound();
    const opened = await checker.open(kept.text, kept.entry);
    if (opened.kind === "unusable") return { ...toWhole(kept), dialect: null, entries: [] };
    return { ...toWhole(kept), dialect: opened.dialect, entries: opened.entries };
  }

  /** @throws document_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    if (!(await store.shapeDocuments.remove(binId, id))) throw notFound();
  }

  async function open({ text, entry, q }: NewDocument) {
    if (q !== null) readSearch(q);
    const opened = await checker.open(text, entry);
    if (opened.kind === "opened") return { dialect: opened.dialect, entries: opened.entries };
    const where = opened.line === null ? "" : `Line ${opened.line}: `;
    throw new HooklensError("unusable_document", `${where}${opened.detail}`, {
      errors: [{ pointer: "/text", detail: `${where}${opened.detail}` }],
    });
  }

  return { add, replace, list, get, remove };
}

const toNew = (id: string, binId: string, input: DocumentCreate): NewDocument => ({
  id,
  binId,
  name: input.name,
  text: input.text,
  provider: input.provider ?? null,
  event: input.event ?? null,
  q: input.q ?? null,
  entry: input.entry ?? null,
});

const toShown = ({ id, name, provider, event, q, entry }: ListedDocument): ShapeDocument => ({
  id,
  name,
  provider,
  event,
  q,
  entry,
});

const toWhole = (kept: KeptDocument) => ({
  ...toShown(kept),
  text: kept.text,
  createdAt: kept.createdAt,
});

const notFound = () => new HooklensError("document_not_found", "It may be removed already.");
