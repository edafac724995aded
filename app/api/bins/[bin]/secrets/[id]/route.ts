import { secretUpdateSchema } from "#lib/contract/secrets.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PATCH: binOperation({
    body: secretUpdateSchema,
    run: ({ binId, id }) => runtime().manage.secrets.confirm(binId, id),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.secrets.remove(binId, id) }),
});
