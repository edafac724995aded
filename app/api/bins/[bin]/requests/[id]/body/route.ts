import { binOperation, resource } from "#lib/route.ts";
import { bodyQuery } from "#lib/route/read-query.ts";
import { downloadResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: bodyQuery,
    run: async ({ binId, id, query, context }) => {
      const { requests } = runtime().manage;
      const isDecoded = query.decoded === "true";
      const download = await (isDecoded
        ? requests.decodedBody(binId, id)
        : requests.body(binId, id));
      return downloadResponse(download, context);
    },
  }),
});
