import { z } from "zod";

/** What /live takes at the handshake: a key, or the browser's cookie and nothing. `after` resumes behind that seq. */
export const liveAuthSchema = z.strictObject({
  bin: z.string(),
  key: z.string().optional(),
  after: z.int().min(0).optional(),
});
export type LiveAuth = z.infer<typeof liveAuthSchema>;
