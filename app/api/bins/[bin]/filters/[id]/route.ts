import { filterPatchSchema } from "#lib/contract/filters.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PATCH: binOperation({
    body: filterPatchSchema,
    run: ({ binId, id, body }) => runtime().manage.filters.change(binId, id, body),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.filters.remove(binId, id) }),
});
