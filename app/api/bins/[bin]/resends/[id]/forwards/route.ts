import { binOperation, resource } from "#lib/route.ts";
import { destinationForwardsQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: destinationForwardsQuery,
    run: ({ binId, id, query }) => runtime().manage.resends.forwards(binId, id, query),
  }),
});
