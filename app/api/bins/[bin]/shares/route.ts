import { shareCreateSchema } from "#lib/contract/shares.ts";
import { binOperation, resource } from "#lib/route.ts";
import { pageQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: pageQuery,
    run: ({ binId, query }) => runtime().manage.shares.list(binId, query),
  }),
  POST: binOperation({
    body: shareCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.shares.create(binId, body),
  }),
});
