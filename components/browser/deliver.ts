import { fromBase64 } from "#components/body/base64.ts";
import type {
  BrowserForwardBegun,
  BrowserForwardCreate,
  BrowserReport,
} from "#lib/contract/browser-forwards.ts";
import { BROWSER_REPORT_MS_MAX } from "#lib/contract/browser-limits.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { obstacleHere, obstacleWords } from "./obstacle.ts";
import { localPermission } from "./permission.ts";
import { sendFromPage } from "./send.ts";

const REPORT_AGAIN_MS = 3_000;

type Request = Pick<CapturedRequest, "binId" | "id" | "bodySize">;

/**
 * Has the server write down that it is about to be sent, sends it from this page, and reports. Resolves with the forward as
 * it is stored then.
 * @param onBegun with the forward as it is pending.
 * @throws Error in words for a person, when nothing was begun, or nobody took the report.
 */
export async function deliver(
  api: ApiClient,
  request: Request,
  input: BrowserForwardCreate,
  onBegun: (forward: Forward) => void,
): Promise<Forward> {
  const { binId, id } = request;
  const obstacle = obstacleHere();
  if (obstacle) throw new Error(obstacleWords[obstacle]);
  const path = `/api/bins/${binId}`;
  const begun = await api.json<BrowserForwardBegun>(
    "POST",
    `${path}/requests/${id}/browser-forwards`,
    { body: input },
  );
  onBegun(begun.forward);
  const reportPath = `${path}/browser-forwards/${begun.forward.id}`;
  const stay = tellWhenLeft(reportPath);
  const body = await bodyOf(api, request, input, begun).catch(() => "unreadable" as const);
  const told = body === "unreadable" ? unsent : await send(begun, body);
  return report(api, reportPath, told).finally(stay);
}

/** A page that is closed takes its request with it; without this nobody would know before the server gives up waiting. */
function tellWhenLeft(path: string): () => void {
  const ending = new AbortController();
  const told: BrowserReport = {
    bodySha256Sent: null,
    result: { kind: "failed", reason: "left" },
    timing: NO_TIMING,
  };
  addEventListener(
    "pagehide",
    () =>
      void fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(told),
        keepalive: true,
      }).catch(() => undefined),
    { signal: ending.signal },
  );
  return () => ending.abort();
}

const NO_TIMING = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
const unsent: BrowserReport = {
  bodySha256Sent: null,
  result: { kind: "failed", reason: "not_sent" },
  timing: NO_TIMING,
};

async function bodyOf(
  api: ApiClient,
  { binId, id, bodySize }: Request,
  { edit }: BrowserForwardCreate,
  { request: { bodyBase64 } }: BrowserForwardBegun,
): Promise<Uint8Array<ArrayBuffer>> {
  const given = bodyBase64 ?? edit?.bodyBase64;
  if (given !== undefined) return fromBase64(given);
  return bodySize === 0 ? new Uint8Array() : new Uint8Array(await api.body(binId, id));
}

async function send(
  { request }: BrowserForwardBegun,
  body: Uint8Array<ArrayBuffer>,
): Promise<BrowserReport> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const bodySha256Sent = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const told = await sendFromPage(request, body.length > 0 ? body : null, localPermission);
  return { bodySha256Sent, ...told };
}

/** What was sent can't be sent again to be told of: while the way to the server is cut, it is tried on. */
async function report(api: ApiClient, path: string, told: BrowserReport): Promise<Forward> {
  const untilMs = Date.now() + BROWSER_REPORT_MS_MAX;
  for (;;) {
    try {
      return await api.json<Forward>("POST", path, { body: told });
    } catch (error) {
      const isCut = error instanceof ApiError && (error.status === 0 || error.status >= 500);
      if (!isCut || Date.now() > untilMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, REPORT_AGAIN_MS));
    }
  }
}
