/**
 * `no-cors`: sent without asking the target for leave, so that its answer can't be seen. Apart from the schemas, which
 * pages don't load.
 */
export type BrowserMode = "cors" | "no-cors";

/** How long a page waits for the answer; also for a person who is asked whether it may reach this machine. */
export const BROWSER_SEND_MS_MAX = 60_000;
/** A page that has reported nothing by then was closed, or is cut off. */
export const BROWSER_REPORT_MS_MAX = 2 * BROWSER_SEND_MS_MAX;
