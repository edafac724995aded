import { z } from "zod";

/**
 * What /live takes at the handshake: of a bin, or of a share, a key (of a share its token), or the browser's cookie and
 * nothing. `after` resumes behind that seq.
 */
const rest = { key: z.string().optional(), after: z.int().min(0).optional() };
export const liveAuthSchema = z.union([
  z.strictObject({ bin: z.string(), ...rest }),
  z.strictObject({ share: z.string(), ...rest }),
]);
export type LiveAuth = z.infer<typeof liveAuthSchema>;
