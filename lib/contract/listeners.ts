import { z } from "zod";

/** A listener as the API and the page see it. */
const listenerSchema = z.object({
  name: z.string(),
  /** Where its requests go on its machine, in its own words. */
  targets: z.array(z.string()),
  version: z.string(),
  /** Its connection is open and it was heard within 15 s. */
  connected: z.boolean(),
  connectedAt: z.string(),
  /** When it took the name over from another process, which was still connected and was ended; null: it did not. */
  tookOverAt: z.string().nullable(),
  /** RFC 3339: its last sign of life. */
  heardAt: z.string(),
  /** Everything up to this seq was handed over, or passed over and told. */
  cursor: z.int(),
  /** Requests of the bin above the cursor. */
  behind: z.int(),
});
export type Listener = z.infer<typeof listenerSchema>;
