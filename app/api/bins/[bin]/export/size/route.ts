import { binOperation, resource } from "#lib/route.ts";
import { exportSizeQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: exportSizeQuery,
    run: ({ binId, query }) => runtime().manage.exports.size(binId, query),
  }),
});
