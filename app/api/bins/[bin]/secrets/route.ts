import { secretCreateSchema } from "#lib/contract/secrets.ts";
import { binOperation, resource } from "#lib/route.ts";
import { pageQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: pageQuery,
    run: ({ binId, query }) => runtime().manage.secrets.list(binId, query),
  }),
  POST: binOperation({
    body: secretCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.secrets.add(binId, body),
  }),
});
