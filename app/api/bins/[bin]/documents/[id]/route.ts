import { documentCreateSchema } from "#lib/contract/shapes.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId, id }) => runtime().manage.documents.get(binId, id) }),
  PUT: binOperation({
    body: documentCreateSchema,
    run: ({ binId, id, body }) => runtime().manage.documents.replace(binId, id, body),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.documents.remove(binId, id) }),
});
