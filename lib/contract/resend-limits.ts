/** Requests that are named one by one. */
export const RESEND_MARKED_MAX = 1_000;
/** Of one bin at the same time. */
export const RESENDS_RUNNING_MAX = 5;
/** Of one bin, with those that are over: the oldest of them are forgotten. */
export const RESENDS_KEPT = 20;

export const resendFormats = ["ndjson", "csv"] as const;
export type ResendFormat = (typeof resendFormats)[number];
