import { bulkPatchSchema } from "#lib/contract/annotations.ts";
import { binOperation, resource } from "#lib/route.ts";
import { clearQuery, requestsQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: requestsQuery,
    run: ({ binId, query }) => runtime().manage.requests.list(binId, query),
  }),
  PATCH: binOperation({
    body: bulkPatchSchema,
    run: ({ binId, body }) => runtime().manage.annotations.bulk(binId, body),
  }),
  DELETE: binOperation({
    query: clearQuery,
    run: ({ binId, query }) => runtime().manage.requests.clear(binId, query),
  }),
});
