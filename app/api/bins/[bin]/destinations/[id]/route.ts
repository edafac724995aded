import { destinationPatchSchema } from "#lib/contract/destinations.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId, id }) => runtime().manage.destinations.get(binId, id) }),
  PATCH: binOperation({
    body: destinationPatchSchema,
    run: ({ binId, id, body }) => runtime().manage.destinations.patch(binId, id, body),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.destinations.remove(binId, id) }),
});
