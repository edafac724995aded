/** Where the browser can't tell when it is idle. */
const PAUSE_MS = 200;

/** Runs something as soon as the browser has nothing else to do. */
export function whenIdle(run: () => void): void {
  // Safari has no requestIdleCallback.
  if ("requestIdleCallback" in globalThis) requestIdleCallback(() => run());
  else setTimeout(run, PAUSE_MS);
}
