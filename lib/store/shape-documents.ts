import { validate as isUuid } from "uuid";
import type { ShapeDocumentModel } from "#prisma/generated/models/ShapeDocument.ts";
import type { Database } from "./database.ts";

/** A document as it is kept. */
export type KeptDocument = Omit<ShapeDocumentModel, "createdAt"> & { createdAt: string };

export type ListedDocument = Omit<KeptDocument, "text" | "createdAt">;

export type NewDocument = Pick<
  KeptDocument,
  "id" | "binId" | "name" | "provider" | "event" | "q" | "text" | "entry"
>;

const toKept = (row: ShapeDocumentModel): KeptDocument => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

export function createShapeDocuments({ prisma }: Pick<Database, "prisma">) {
  /** Null when the bin has `most` already. Two at once may go over it by one. */
  async function add(document: NewDocument, most: number): Promise<KeptDocument | null> {
    if ((await prisma.shapeDocument.count({ where: { binId: document.binId } })) >= most)
      return null;
    return toKept(await prisma.shapeDocument.create({ data: document }));
  }

  /** Null when it is not there. */
  async function replace(document: NewDocument): Promise<KeptDocument | null> {
    const { id, binId, ...changes } = document;
    if (!isUuid(id)) return null;
    const [row] = await prisma.shapeDocument.updateManyAndReturn({
      where: { id, binId },
      data: { ...changes, version: { increment: 1 } },
    });
    return row ? toKept(row) : null;
  }

  /** Oldest first; their texts may be long, and are left out. */
  async function list(binId: string): Promise<ListedDocument[]> {
    return prisma.shapeDocument.findMany({
      where: { binId },
      omit: { text: true, createdAt: true },
      orderBy: { id: "asc" },
    });
  }

  async function get(binId: string, id: string): Promise<KeptDocument | null> {
    if (!isUuid(id)) return null;
    const row = await prisma.shapeDocument.findUnique({ where: { id, binId } });
    return row && toKept(row);
  }

  async function remove(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { count } = await prisma.shapeDocument.deleteMany({ where: { id, binId } });
    return count > 0;
  }

  return { add, replace, list, get, remove };
}
