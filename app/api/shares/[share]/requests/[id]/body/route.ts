import { resource, shareOperation } from "#lib/route.ts";
import { bodyQuery } from "#lib/route/read-query.ts";
import { downloadResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: shareOperation({
    query: bodyQuery,
    run: async ({ grant, id, query, context }) => {
      const { shared } = runtime().manage;
      const isDecoded = query.decoded === "true";
      const download = await (isDecoded ? shared.decodedBody(grant, id) : shared.body(grant, id));
      return downloadResponse(download, context);
    },
  }),
});
