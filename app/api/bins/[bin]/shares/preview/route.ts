import { sharePreviewSchema } from "#lib/contract/shares.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

/** Changes nothing; the rules are too long for a query. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: sharePreviewSchema,
    run: ({ binId, body }) => runtime().manage.shares.preview(binId, body),
  }),
});
