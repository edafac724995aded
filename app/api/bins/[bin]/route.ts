import { binPatchSchema } from "#lib/contract/bins.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.bins.view(binId) }),
  PATCH: binOperation({
    body: binPatchSchema,
    run: ({ binId, body }) => runtime().manage.bins.patch(binId, body),
  }),
  DELETE: binOperation({ run: ({ binId }) => runtime().manage.bins.remove(binId) }),
});
