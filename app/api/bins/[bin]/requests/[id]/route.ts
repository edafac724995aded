import { requestPatchSchema } from "#lib/contract/requests.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId, id }) => runtime().manage.requests.get(binId, id) }),
  PATCH: binOperation({
    body: requestPatchSchema,
    run: ({ binId, id, body }) => runtime().manage.requests.patch(binId, id, body),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.requests.remove(binId, id) }),
});
