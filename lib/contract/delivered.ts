import type { Attempt } from "./forwards.ts";

/** Whether a try did what it should: a 2xx; or no status and no error, which is a command that ended well. */
export const isDelivered = ({ status, error }: Pick<Attempt, "status" | "error">): boolean =>
  error === null && (status === null || (status >= 200 && status < 300));
