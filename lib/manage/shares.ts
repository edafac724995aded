import { v7 as uuidv7 } from "uuid";
import type { Page } from "../contract/bins.ts";
import {
  redactionSchema,
  type Share,
  type ShareMinted,
  type SharePreview,
  type ShareWanted,
} from "../contract/shares.ts";
import type { z } from "zod";
import type { sharePreviewSchema } from "../contract/shares.ts";
import { HooklensError } from "../errors.ts";
import { hashSecret, newShareToken } from "../ids.ts";
import { readSearch } from "../search/words.ts";
import { pathsIn } from "../shares/paths-in.ts";
import type { ShareRecord } from "../store/shares.ts";
import { toPage } from "./page.ts";
import type { ManageParts } from "./parts.ts";

const SHARES_MAX = 100;
/** Looked at to say what rules would hide. */
const PREVIEWED_MAX = 20;

/** What the owner of a bin does with its shares. */
export function createShareOperations({ store, live, config, shareReader }: ManageParts) {
  const toShare = ({
    hash: _hash,
    binId: _binId,
    revokedAt: _revokedAt,
    ...share
  }: ShareRecord): Share => ({
    ...share,
    url: `${config.publicUrl}/s/${share.id}`,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt?.toISOString() ?? null,
    lastOpenedAt: share.lastOpenedAt?.toISOString() ?? null,
  });

  /** The token is in this answer only. @throws invalid_query, request_not_found, too_many_shares */
  async function create(binId: string, wanted: ShareWanted): Promise<ShareMinted> {
    const q = wanted.q?.trim() || null;
    if (q !== null) readSearch(q);
    const requestId = wanted.requestId ?? null;
    if (requestId !== null && !(await store.requests.get(binId, requestId))) {
      throw new HooklensError("request_not_found", "It was never here, or was removed since.");
    }
    const token = newShareToken();
    const { expiresInSeconds } = wanted;
    const record = await store.shares.create(
      {
        id: uuidv7(),
        binId,
        label: wanted.label ?? "",
        hash: hashSecret(token),
        requestId,
        q,
        hide: wanted.hide ?? redactionSchema.parse({}),
        expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
      },
      SHARES_MAX,
    );
    if (!record) {
      throw new HooklensError("too_many_shares", `Revoke one first: ${SHARES_MAX} are the most.`);
    }
    const share = toShare(record);
    return { ...share, token, link: `${share.url}#key=${token}` };
  }

  /** Newest first, those that have expired included. */
  async function list(
    binId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Share>> {
    const records = await store.shares.list(binId, { limit: limit + 1, before: cursor });
    return toPage(records.map(toShare), limit, ({ id }) => id);
  }

  /** Ends it at once, also where it is open. @throws share_not_found */
  async function revoke(binId: string, id: string): Promise<void> {
    if (!(await store.shares.revoke(binId, id))) {
      throw new HooklensError("share_not_found", "It may be revoked already.");
    }
    live.shareRevoked(binId, id);
  }

  /** What rules would hide in the newest requests, or in the one that is to be shared. */
  async function preview(
    binId: string,
    { requestId = null, hide }: z.infer<typeof sharePreviewSchema>,
  ): Promise<SharePreview> {
    const share = { ...PREVIEWED, binId, requestId, hide };
    const { items } = await shareReader.list(share, { limit: PREVIEWED_MAX });
    const hidden: SharePreview["hidden"] = {};
    for (const { why, count } of items.flatMap((item) => item.hidden ?? [])) {
      hidden[why] = (hidden[why] ?? 0) + count;
    }
    const [newest, ...older] = await Promise.all(
      items.map(({ id }) => store.requests.get(binId, id)),
    );
    const names = [newest, ...older].flatMap((each) => each?.headers.map(([name]) => name) ?? []);
    const body = newest ? await store.requests.body(binId, newest.id) : null;
    return {
      requests: items.length,
      hidden,
      headers: byFrequency(names),
      paths: body ? pathsIn(body) : [],
    };
  }

  return { create, list, revoke, preview };
}

/** A share that nobody has. */
const PREVIEWED: Omit<ShareRecord, "binId" | "requestId" | "hide"> = {
  id: "",
  label: "",
  hash: Buffer.alloc(0),
  q: null,
  createdAt: new Date(0),
  expiresAt: null,
  revokedAt: null,
  opens: 0,
  lastOpenedAt: null,
};

/** Each once, in any letter case. */
function byFrequency(names: readonly string[]): string[] {
  const counts = Map.groupBy(names, (name) => name.toLowerCase());
  return [...counts.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([name]) => name ?? []);
}
