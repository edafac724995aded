import { resource, shareOperation } from "#lib/route.ts";
import { requestsQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: shareOperation({
    query: requestsQuery,
    run: ({ grant, query }) => runtime().manage.shared.list(grant, query),
  }),
});
