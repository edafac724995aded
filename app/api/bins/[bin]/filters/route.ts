import { filterCreateSchema } from "#lib/contract/filters.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.filters.list(binId) }),
  POST: binOperation({
    body: filterCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.filters.add(binId, body),
  }),
});
