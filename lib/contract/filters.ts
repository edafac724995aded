import { z } from "zod";

/** Saved in one bin. */
export const FILTERS_MAX = 50;

const name = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "No control characters")
  .trim()
  .min(1, "A filter needs a name")
  .max(60, "A name has at most 60 characters");
/** Whether it can be read is for lib/search to say. */
const q = z.string().trim().min(1, "A filter needs a query").max(1000, "At most 1000 characters");

export const filterCreateSchema = z.strictObject({ name, q });
export type FilterCreate = z.infer<typeof filterCreateSchema>;

export const filterPatchSchema = z
  .strictObject({ name: name.optional(), q: q.optional() })
  .refine((patch) => Object.keys(patch).length > 0, "Give a name, a query or both");
export type FilterPatch = z.infer<typeof filterPatchSchema>;

/** A query of the bin under a name. */
export type SavedFilter = { id: string; name: string; q: string; createdAt: string };
