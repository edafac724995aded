import { keyCreateSchema } from "#lib/contract/bins.ts";
import { binOperation, resource } from "#lib/route.ts";
import { pageQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: pageQuery,
    run: ({ binId, query }) => runtime().manage.keys.list(binId, query),
  }),
  POST: binOperation({
    body: keyCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.keys.mint(binId, body.label ?? ""),
  }),
});
