import type { Page } from "./bins.ts";
import { type ApiClient, createApiClient } from "./client.ts";
import type {
  Share,
  ShareCreate,
  SharedView,
  ShareMinted,
  SharePreview,
  SharePreviewWanted,
} from "./shares.ts";

type Calls = Pick<ApiClient, "json" | "done">;

const sharesOf = (bin: string) => `/api/bins/${encodeURIComponent(bin)}/shares`;

/** What the owner of a bin does with its shares. */
export const shareCalls = ({ json, done }: Calls) => ({
  list: (bin: string, cursor: string | null, signal?: AbortSignal) =>
    json<Page<Share>>("GET", `${sharesOf(bin)}${cursor ? `?cursor=${cursor}` : ""}`, { signal }),
  create: (bin: string, share: ShareCreate) =>
    json<ShareMinted>("POST", sharesOf(bin), { body: share }),
  preview: (bin: string, wanted: SharePreviewWanted, signal?: AbortSignal) =>
    json<SharePreview>("POST", `${sharesOf(bin)}/preview`, { body: wanted, signal }),
  revoke: (bin: string, id: string) => done("DELETE", `${sharesOf(bin)}/${encodeURIComponent(id)}`),
});

/** The calls by which a viewer reads what a share shows, with the share in the bin's place. */
export const createViewerClient = (): ApiClient => ({
  ...createApiClient({ ofShares: true }),
  bodyUrl: (share, id) =>
    `/api/shares/${encodeURIComponent(share)}/requests/${encodeURIComponent(id)}/body`,
});

/** What a viewer is told of a share. */
export const readShare = ({ json }: Calls, id: string, signal?: AbortSignal) =>
  json<SharedView>("GET", `/api/shares/${encodeURIComponent(id)}`, { signal });
