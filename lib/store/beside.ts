import type { AnnotationModel } from "#prisma/generated/models/Annotation.ts";
import type { AnswerModel } from "#prisma/generated/models/Answer.ts";
import type { CapturedRequestModel } from "#prisma/generated/models/CapturedRequest.ts";
import type { Database } from "./database.ts";
import { readThreadCounts } from "./thread-counts.ts";

/** What is known of a request beside its own row. `count`: how many of the same event have come. */
export type Beside = {
  answer?: AnswerModel | undefined;
  annotation?: AnnotationModel | undefined;
  count: number;
};

type Row = Pick<CapturedRequestModel, "id" | "threadKey" | "threadPlace">;

/** All of it for these rows, by one look into each table. */
export async function readBeside(
  prisma: Database["prisma"],
  binId: string,
  rows: readonly Row[],
): Promise<(row: Row) => Beside> {
  const where = { id: { in: rows.map(({ id }) => id) } };
  const [answers, annotations, countOf] = await Promise.all([
    prisma.answer.findMany({ where }),
    prisma.annotation.findMany({ where }),
    readThreadCounts(prisma, binId, rows),
  ]);
  const answerOf = new Map(answers.map((answer) => [answer.id, answer]));
  const annotationOf = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  return (row) => ({
    answer: answerOf.get(row.id),
    annotation: annotationOf.get(row.id),
    count: countOf(row),
  });
}
