import { forwardCreateSchema } from "#lib/contract/forwards.ts";
import { binOperation, resource } from "#lib/route.ts";
import { pageQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: pageQuery,
    run: ({ binId, id, query }) => runtime().forwarder.list(binId, id, query),
  }),
  POST: binOperation({
    body: forwardCreateSchema,
    status: 201,
    run: ({ binId, id, body }) => runtime().forwarder.forward(binId, id, body),
  }),
});
