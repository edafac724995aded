import { binOperation, resource } from "#lib/route.ts";
import { clearQuery, requestsQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: requestsQuery,
    run: ({ binId, query }) => runtime().manage.requests.list(binId, query),
  }),
  DELETE: binOperation({
    query: clearQuery,
    run: ({ binId, query }) => runtime().manage.requests.clear(binId, query.through),
  }),
});
