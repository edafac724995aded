import { contentCodings, DECODED_HEADER } from "../contract/content-coding.ts";
import type {
  CapturedRequest,
  RequestPage,
  RequestPatch,
  RequestSummary,
} from "../contract/requests.ts";
import type { Suggestions } from "../contract/suggestions.ts";
import type { RequestThread } from "../contract/threads.ts";
import { HooklensError } from "../errors.ts";
import { readSearch } from "../search/words.ts";
import { layOut } from "../threads/lay-out.ts";
import type { AnnotationOperations } from "./annotations.ts";
import { readCorrected } from "./corrected.ts";
import { decodeBody } from "./decode-body.ts";
import { fileName } from "./file-name.ts";
import { toPage } from "./page.ts";
import type { ManageParts } from "./parts.ts";
import { rawMessage } from "./raw-message.ts";

export type Download = { bytes: Buffer; fileName: string; headers?: Record<string, string> };

export function createRequestOperations(
  { store, live, rejudgeOne }: ManageParts,
  annotations: Pick<AnnotationOperations, "patch">,
  forgetShapes: (binId: string) => void,
) {
  /** Newest first; the cursor is the last seq given, or the one that a search got to. @throws invalid_query */
  async function list(
    binId: string,
    {
      q = "",
      limit,
      cursor,
    }: { limit: number; cursor?: number | undefined; q?: string | undefined },
  ): Promise<RequestPage> {
    const options = { limit: limit + 1, before: cursor };
    const seqOf = (request: RequestSummary) => String(request.seq);
    if (q.trim() === "") return toPage(await store.requests.list(binId, options), limit, seqOf);
    const { items, searchedTo } = await store.requests.search(binId, readSearch(q), options);
    const page = toPage(items, limit, seqOf);
    if (page.next !== null || searchedTo === null) return page;
    return { ...page, next: String(searchedTo), searchedTo };
  }

  /** Fields and values that a query of this bin may ask for, as they are written. */
  const suggestions = (binId: string): Promise<Suggestions> => store.requests.suggestions(binId);

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

  /**
   * All, or those up to and with `through`: what came in since a person chose to clear then stays. So does what is pinned,
   * unless it is asked for.
   */
  async function clear(
    binId: string,
    { through, pinned = false }: { through?: number | undefined; pinned?: boolean | undefined },
  ): Promise<void> {
    const removal = await store.removals.clear(binId, { through, keepPinned: !pinned });
    if (removal) live.removed(binId, removal);
  }

  /** @throws request_not_found, invalid_fields, pins_full, pin_keeps_it; then nothing was changed */
  async function patch(
    binId: string,
    id: string,
    { provider, ...annotation }: RequestPatch,
  ): Promise<CapturedRequest> {
    if (provider === undefined) {
      await annotations.patch(binId, id, annotation);
      return get(binId, id);
    }
    return correct(binId, id, provider, () => annotations.patch(binId, id, annotation));
  }

  /**
   * Says who sent it, by a person's word: a provider's id, null for nobody known, "auto" for what recognition says. What
   * depends on it, the event, its ids and its thread, is read anew. `before`: what is done once it is known that it can be.
   */
  async function correct(
    binId: string,
    id: string,
    provider: string | null,
    before: () => Promise<void>,
  ): Promise<CapturedRequest> {
    const [request, bytes] = await whole(binId, id);
    const corrected = readCorrected(request, bytes, provider);
    await before();
    await store.corrections.set(binId, id, corrected);
    forgetShapes(binId);
    await rejudgeOne(binId, id);
    live.changed(binId, [request.seq]);
    return get(binId, id);
  }

  /** The tries of the request's event, and what is to be expected of them. @throws request_not_found */
  async function thread(binId: string, id: string): Promise<RequestThread> {
    const { seq } = await get(binId, id);
    const threaded = await store.threads.around({ id, binId, seq });
    const asked = threaded.find(({ request }) => request.id === id)?.request;
    if (!asked) throw notFound();
    return layOut(threaded, asked, await store.threads.near(binId, asked));
  }

  return { list, suggestions, get, body, decodedBody, raw, remove, clear, patch, thread };
}

const notFound = () =>
  new HooklensError("request_not_found", "It was never here, or was removed since.");
