import type { BrowserForwardBegun, BrowserReport } from "#lib/contract/browser-forwards.ts";
import { BROWSER_SEND_MS_MAX } from "#lib/contract/browser-limits.ts";
import { readAnswer } from "./read-answer.ts";
import { watchTiming } from "./timing.ts";
import type { Permission } from "./permission.ts";

const PROBE_MS_MAX = 5_000;

type Asked = BrowserForwardBegun["request"];
type Told = Pick<BrowserReport, "result" | "timing">;

/**
 * Sends it from this page and says what the browser tells of it; never rejects.
 * @param permission as it stands when the request has failed.
 */
export async function sendFromPage(
  request: Asked,
  body: Uint8Array<ArrayBuffer> | null,
  permission: () => Promise<Permission>,
): Promise<Told> {
  const timing = watchTiming(request.url);
  const signal = AbortSignal.timeout(BROWSER_SEND_MS_MAX);
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      mode: request.mode,
      cache: request.cache,
      body,
      credentials: "omit",
      // Where no CORS is asked for, a browser insists on following.
      redirect: request.mode === "cors" ? "manual" : "follow",
      referrerPolicy: "no-referrer",
      signal,
    });
    const result = await readAnswer(answer);
    return { result, timing: await timing.end() };
  } catch {
    const measured = await timing.end();
    const reason = signal.aborted ? "timeout" : await findReason(request, await permission());
    return { result: { kind: "failed", reason }, timing: measured };
  }
}

/** A failed fetch says nothing of why. */
async function findReason(request: Asked, permission: Permission) {
  if (permission === "denied") return "not_permitted";
  // A second request would ask the person once more.
  if (permission === "prompt") return "undecided";
  const isThere = await probe(new URL("/", request.url).href);
  return isThere && request.mode === "cors" ? "cors" : "blocked";
}

/** Whether anything answers there: without CORS a browser tells that much, and no more. */
async function probe(url: string): Promise<boolean> {
  try {
    await fetch(url, {
      method: "HEAD",
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PROBE_MS_MAX),
    });
    return true;
  } catch {
    return false;
  }
}
