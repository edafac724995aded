import type { Page } from "../contract/bins.ts";
import { contentCodings, DECODED_HEADER } from "../contract/content-coding.ts";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { parseWords } from "../search/words.ts";
import { decodeBody } from "./decode-body.ts";
import { fileName } from "./file-name.ts";
import { toPage } from "./page.ts";
import type { ManageParts } from "./parts.ts";
import { rawMessage } from "./raw-message.ts";

export type Download = { bytes: Buffer; fileName: string; headers?: Record<string, string> };

export function createRequestOperations({ store, live }: ManageParts) {
  /** Newest first; the cursor is the last seq given. */
  async function list(
    binId: string,
    query: { limit: number; cursor?: number | undefined; q?: string | undefined },
  ): Promise<Page<RequestSummary>> {
    const items = await store.requests.list(binId, {
      limit: query.limit + 1,
      before: query.cursor,
      words: parseWords(query.q ?? ""),
    });
    return toPage(items, query.limit, (request) => String(request.seq));
  }

  /** @throws request_not_found */
  async function get(binId: string, id: string): Promise<CapturedRequest> {
    const request = await store.requests.get(binId, id);
    if (!request) throw notFound();
    return request;
  }

  async function whole(binId: string, id: string): Promise<[CapturedRequest, Buffer]> {
    const [request, body] = await Promise.all([get(binId, id), store.requests.body(binId, id)]);
    if (!body) throw notFound();
    return [request, body];
  }

  /** The exact bytes of the body. @throws request_not_found */
  async function body(binId: string, id: string): Promise<Download> {
    const [request, bytes] = await whole(binId, id);
    return { bytes, fileName: fileName(request.seq, request.contentType) };
  }

  /** The body without its content codings, where they can be undone. @throws request_not_found, undecodable_body, no_room */
  async function decodedBody(binId: string, id: string): Promise<Download> {
    const [request, encoded] = await whole(binId, id);
    const { bytes, end } = await decodeBody(encoded, contentCodings(request.headers));
    const headers = { [DECODED_HEADER]: end };
    return { bytes, fileName: fileName(request.seq, request.contentType), headers };
  }

  /** The request as an HTTP/1.1 message. @throws request_not_found */
  async function raw(binId: string, id: string): Promise<Download> {
    const [request, bytes] = await whole(binId, id);
    return { bytes: rawMessage(request, bytes), fileName: `request-${request.seq}.http` };
  }

  /** @throws request_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    const removal = await store.removals.one(binId, id);
    if (!removal) throw notFound();
    live.removed(binId, removal);
  }

  /** All, or those up to and with `through`: what came in since a person chose to clear then stays. */
  async function clear(binId: string, through?: number): Promise<void> {
    const removal = await store.removals.clear(binId, through);
    if (removal) live.removed(binId, removal);
  }

  return { list, get, body, decodedBody, raw, remove, clear };
}

const notFound = () =>
  new HooklensError("request_not_found", "It was never here, or was removed since.");
