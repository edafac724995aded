import { binOperation, resource } from "#lib/route.ts";
import { marksQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: marksQuery,
    run: ({ binId, query }) => runtime().manage.shapes.marks(binId, query),
  }),
});
