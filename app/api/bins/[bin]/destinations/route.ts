import { destinationCreateSchema } from "#lib/contract/destinations.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.destinations.list(binId) }),
  POST: binOperation({
    body: destinationCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.destinations.add(binId, body),
  }),
});
