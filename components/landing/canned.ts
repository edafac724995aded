import { ApiError } from "#lib/contract/calls.ts";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { type Recorded, recording } from "./recording.ts";

const BIN_ID = "example";
const ORIGIN = "https://hooklens.example";

/** The bin of the example; it exists on no server. */
export const exampleBin: Bin = {
  id: BIN_ID,
  name: "An example",
  url: `${ORIGIN}/in/${BIN_ID}`,
  dashboardUrl: `${ORIGIN}/b/${BIN_ID}`,
  createdAt: new Date(0).toISOString(),
  expiresAt: null,
  requestCount: recording.length,
  oldestSeq: 1,
  pinnedCount: 0,
  lastSeq: recording.length,
  revision: 0,
  response: { status: 200, headers: [], body: "", delayMs: 0, strippedHeaders: [] },
  listenerWaitMs: 0,
  handshakes: true,
  enforce: false,
  confirmSns: false,
};

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The recorded request as it would be captured at `at`, milliseconds since 1970. */
export function cannedRequest(recorded: Recorded, seq: number, at: number): CapturedRequest {
  const { method, target, body, provider, remoteAddress } = recorded;
  const bodySize = bytesOf(body).byteLength;
  const length: [string, string][] = body === "" ? [] : [["Content-Length", String(bodySize)]];
  return {
    id: `example-${seq}`,
    binId: BIN_ID,
    seq,
    receivedAt: new Date(at).toISOString().replace("Z", "481Z"),
    method,
    target,
    requestTarget: `/in/${BIN_ID}${target}`,
    url: `${exampleBin.url}${target}`,
    httpVersion: "1.1",
    headers: [["Host", "hooklens.example"], ...recorded.headers, ...length],
    trailers: [],
    contentType:
      recorded.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null,
    bodySize,
    bodyDeclaredSize: body === "" ? null : bodySize,
    bodyTruncated: false,
    bodyIncomplete: false,
    bodySha256: recorded.sha256,
    remoteAddress,
    redacted: [],
    provider,
    thread: null,
    signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
    response: { status: 200, headers: [], bodySize: 0 },
    answered: { outcome: "sent", respondedMs: 3.1 },
    timing: { headMs: 0.7, bodyMs: 0.4, storedMs: 2.6 },
  };
}

/** The API of the example: answers from the recording alone, and takes nothing. */
export function cannedApi(requests: () => readonly CapturedRequest[]): ApiClient {
  const find = async (id: string): Promise<CapturedRequest> =>
    requests().find((request) => request.id === id) ?? refuse();
  const bodyOf = async (id: string) => bytesOf(recording[(await find(id)).seq - 1]?.body ?? "");
  const url = (text: string) => `data:application/octet-stream,${encodeURIComponent(text)}`;
  return {
    ...createApiClient({ origin: ORIGIN }),
    request: (_bin, id) => find(id),
    body: async (_bin, id) => (await bodyOf(id)).buffer,
    raw: async (_bin, id) => bytesOf(rawText(await find(id))).buffer,
    bodyUrl: (_bin, id) => url(recording[Number(id.split("-")[1]) - 1]?.body ?? ""),
    rawUrl: (_bin, id) =>
      url(
        requests()
          .filter((one) => one.id === id)
          .map(rawText)
          .join(""),
      ),
    forwards: async () => ({ items: [], next: null }),
    forward: async () => refuse(),
    changeRequest: async () => refuse(),
    thread: async (_bin, id) => ({
      by: null,
      count: 1,
      attempts: [
        {
          request: await find(id),
          destination: 1,
          try: 1,
          gapSeconds: null,
          result: "delivered",
          isBodyOther: false,
        },
      ],
      next: { kind: "none" },
      timeoutMs: null,
      docs: null,
      overtakenBy: null,
    }),
    signature: async (_bin, id) => {
      const request = await find(id);
      if (!request.provider) return { items: [], diagnosis: null };
      const { checkHere } = await import("#components/signature/check-here.ts");
      const body = await bodyOf(id);
      return checkHere({ request, body, provider: request.provider.id, secret: null });
    },
    json: async () => refuse(),
    done: async () => refuse(),
    deleteRequest: async () => refuse(),
  };
}

function refuse(): never {
  const message = "This is an example. Get a URL of your own to do this.";
  throw new ApiError({ code: "forbidden", status: 403, message });
}

function rawText(request: CapturedRequest): string {
  const head = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const body = recording[request.seq - 1]?.body ?? "";
  return `${request.method} ${request.requestTarget} HTTP/1.1\r\n${head}\r\n${body}`;
}
