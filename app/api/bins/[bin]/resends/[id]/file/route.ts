import { binOperation, resource } from "#lib/route.ts";
import { resendFileQuery } from "#lib/route/read-query.ts";
import { streamResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: resendFileQuery,
    run: async ({ binId, id, query }) =>
      streamResponse(await runtime().manage.resends.file(binId, id, query.format)),
  }),
});
