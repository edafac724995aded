import { decompress } from "#components/body/decompress.ts";
import type { Message } from "#lib/compare/comparison.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { contentCodings } from "#lib/contract/content-coding.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";

export type Whole = {
  request: CapturedRequest;
  message: Message;
  /** What is to be known of its body. */
  note: string | null;
};

/** A request with its body, decompressed where its content coding can be undone. */
export async function readWhole(
  api: ApiClient,
  binId: string,
  id: string,
  signal: AbortSignal,
): Promise<Whole> {
  const [request, sent] = await Promise.all([
    api.request(binId, id, signal),
    api.body(binId, id, signal),
  ]);
  const bytes = new Uint8Array(sent);
  const codings = contentCodings(request.headers);
  const isCoded = codings.length > 0 && bytes.length > 0;
  const unpacked = isCoded
    ? await decompress(bytes, codings, () => api.decodedBody(binId, id))
    : null;
  return {
    request,
    message: {
      start: { kind: "request", method: request.method, target: request.target },
      headers: request.headers,
      trailers: request.trailers,
      contentType: request.contentType,
      body: unpacked?.kind === "decoded" ? unpacked.bytes : bytes,
    },
    note: unpacked
      ? `The body of #${request.seq} was sent with ${codings.join(", ")}: compared ${unpacked.kind === "decoded" ? "unpacked" : "as sent"}.`
      : null,
  };
}
