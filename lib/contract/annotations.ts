import { z } from "zod";
import {
  changeLabels,
  EXPORTED_MARKED_MAX,
  labelFault,
  LABELS_MAX,
  MARKED_MAX,
  NOTE_CHARACTERS_MAX,
  toLabel,
} from "./annotation-limits.ts";
import { exportFormats } from "./transfer.ts";
import type { ProblemCode } from "../errors.ts";

const labelSchema = z
  .string()
  .transform(toLabel)
  .superRefine((label, context) => {
    const fault = labelFault(label);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

const labelsSchema = z
  .array(labelSchema)
  .transform((labels) => changeLabels([], labels))
  .refine((labels) => labels.length <= LABELS_MAX, `At most ${LABELS_MAX} labels`);

const noteSchema = z
  .string()
  .max(NOTE_CHARACTERS_MAX, `At most ${NOTE_CHARACTERS_MAX} characters`)
  .transform((note) => note.replaceAll(/\r\n?/g, "\n").toWellFormed())
  .refine((note) => !/(?![\n\t])\p{Cc}/u.test(note), "No control characters but line breaks");

/**
 * What people say of a request; members that are left out stay. Empty and null are the same: none. Capture knows nothing
 * of it.
 */
export const annotationPatchSchema = z
  .strictObject({
    note: noteSchema.nullable(),
    labels: labelsSchema.nullable(),
    pinned: z.boolean().nullable(),
  })
  .partial();
export type AnnotationPatch = z.infer<typeof annotationPatchSchema>;

/** The same, as a file tells it of a request: what it has. */
export type Annotation = { note?: string; labels?: string[]; pinned?: true };

export const annotationInFile = {
  note: noteSchema.optional(),
  labels: labelsSchema.optional(),
  pinned: z.literal(true).optional(),
};

const idsSchema = (most: number) =>
  z
    .array(z.uuid("The id of a request"))
    .min(1, "At least one request")
    .max(most, `At most ${most} requests at once`);

/** A change of several requests at once. */
export const bulkPatchSchema = z.strictObject({
  ids: idsSchema(MARKED_MAX),
  addLabels: labelsSchema.optional(),
  removeLabels: labelsSchema.optional(),
  pinned: z.boolean().optional(),
});
export type BulkPatch = z.infer<typeof bulkPatchSchema>;

export const exportMarkedSchema = z.strictObject({
  format: z.enum(exportFormats, `One of ${exportFormats.join(", ")}`),
  ids: idsSchema(EXPORTED_MARKED_MAX),
});

/** What came of it: `changed` has those that are now as asked. The others are as they were. */
export type BulkReport = {
  changed: string[];
  refused: { id: string; code: ProblemCode; detail: string }[];
};

/** A label of a bin, and how many requests have it. */
export type LabelCount = { label: string; count: number };
