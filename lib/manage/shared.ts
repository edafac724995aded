import type { ShareGrant } from "../access.ts";
import { contentCodings, DECODED_HEADER } from "../contract/content-coding.ts";
import type { CapturedRequest, RequestPage } from "../contract/requests.ts";
import type { SharedView } from "../contract/shares.ts";
import { HooklensError } from "../errors.ts";
import type { Redacted } from "../shares/redact.ts";
import type { ShareRecord } from "../store/shares.ts";
import { decodeBody } from "./decode-body.ts";
import { fileName } from "./file-name.ts";
import type { ManageParts } from "./parts.ts";
import { rawMessage } from "./raw-message.ts";
import type { Download } from "./requests.ts";
import { createSeats } from "./seats.ts";

/** Each reads and redacts for a while. */
const AT_ONCE = { inAll: 48, perBin: 24 };

/** What a share shows: all of it comes from its reader, redacted. */
export function createSharedOperations({ store, config, shareReader, opens }: ManageParts) {
  const takeSeat = createSeats(AT_ONCE, "Others are looking at this share: try again in a moment.");

  async function seated<Result>(share: ShareRecord, work: () => Promise<Result>): Promise<Result> {
    const leave = takeSeat(share.id);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** @throws share_gone */
  async function view({ share, viewer }: ShareGrant): Promise<SharedView> {
    const bin = await store.bins.view(share.binId, config.publicUrl);
    if (!bin) throw new HooklensError("share_gone", "Its bin was deleted or has expired.");
    if (viewer) opens.note(share.id, viewer);
    return {
      id: share.id,
      of: share.requestId ? "request" : share.q === null ? "bin" : "filter",
      name: bin.name,
      label: share.label,
      url: share.hide.captureUrl ? bin.url : null,
      requestId: share.requestId,
      createdAt: share.createdAt.toISOString(),
      expiresAt: share.expiresAt?.toISOString() ?? null,
      hide: share.hide,
      lastSeq: bin.lastSeq,
      revision: bin.revision,
    };
  }

  /** Newest first; what a viewer searches for is looked for in what is shown. @throws invalid_query, no_room */
  const list = (
    { share }: ShareGrant,
    options: { limit: number; cursor?: number | undefined; q?: string | undefined },
  ): Promise<RequestPage> =>
    seated(share, () => shareReader.list(share, { ...options, before: options.cursor }));

  async function whole({ share }: ShareGrant, id: string): Promise<Redacted> {
    const redacted = await seated(share, () => shareReader.get(share, id));
    if (!redacted) throw new HooklensError("request_not_found", "It is not here, or was removed.");
    return redacted;
  }

  /** @throws request_not_found, no_room */
  const get = async (grant: ShareGrant, id: string): Promise<CapturedRequest> =>
    (await whole(grant, id)).request;

  /** @throws request_not_found, no_room */
  async function body(grant: ShareGrant, id: string): Promise<Download> {
    const { request, body: bytes } = await whole(grant, id);
    return { bytes, fileName: fileName(request.seq, request.contentType) };
  }

  /** @throws request_not_found, undecodable_body, no_room */
  async function decodedBody(grant: ShareGrant, id: string): Promise<Download> {
    const { request, body: encoded } = await whole(grant, id);
    const { bytes, end } = await decodeBody(encoded, contentCodings(request.headers));
    const headers = { [DECODED_HEADER]: end };
    return { bytes, fileName: fileName(request.seq, request.contentType), headers };
  }

  /** @throws request_not_found, no_room */
  async function raw(grant: ShareGrant, id: string): Promise<Download> {
    const { request, body: bytes } = await whole(grant, id);
    return { bytes: rawMessage(request, bytes), fileName: `request-${request.seq}.http` };
  }

  /** The browser opens the share from now on. */
  async function remember({ share }: ShareGrant, session: Buffer): Promise<void> {
    await store.shares.remember(session, share.id);
  }

  return { view, list, get, body, decodedBody, raw, remember };
}
